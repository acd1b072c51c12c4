import type { LastResort, Platform } from '../model/platform.ts';

/** The packages are loaded only when the last resort is reached. */
const lazyLastResort = (windows: boolean): LastResort => {
  const load = async (): Promise<LastResort> => (await import('./packages/last-resort.ts')).createLastResort(windows);
  return {
    victimsOfPort: async (port) => (await load()).victimsOfPort(port),
    killByPort: async (port) => (await load()).killByPort(port),
  };
};

/**
 * Chooses the reader for this machine; nothing else asks which system it is.
 * `DEVDOCTOR_PROBE=portable` takes the road made of packages anywhere.
 */
export const choosePlatform = async (environment: NodeJS.ProcessEnv): Promise<Platform> => {
  const windows = process.platform === 'win32';
  const lastResort = lazyLastResort(windows);
  if (process.platform === 'linux' && environment['DEVDOCTOR_PROBE'] !== 'portable') {
    return (await import('./linux/index.ts')).createLinuxPlatform(lastResort);
  }
  return (await import('./packages/portable.ts')).createPortablePlatform(windows, lastResort);
};
