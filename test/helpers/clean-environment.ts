const KEPT: readonly string[] = ['HOME', 'LANG', 'LC_ALL', 'LOGNAME', 'PATH', 'SHELL', 'TMPDIR', 'USER'];

/**
 * The environment for programs under test: what a plain login has and nothing of the test runner's own,
 * so that neither npm's variables nor certificates nor colour settings change what is measured.
 */
export const cleanEnvironment = (extra: Readonly<Record<string, string>> = {}): Record<string, string> => {
  const kept = KEPT.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), ...extra };
};
