/**
 * Ends whatever the package finds listening on a TCP port, at once and by force.
 * It resolves whether or not anything ended, so its answer is thrown away: only looking at the port again tells.
 */
export const killByPort = async (port: number): Promise<void> => {
  const { default: killPort } = await import('kill-port');
  try {
    await killPort(port, 'tcp');
  } catch (error) {
    if (!/No process running on port/.test(String(error))) throw error;
  }
};
