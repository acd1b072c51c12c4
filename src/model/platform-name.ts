/** Which reader looked: a system's own, or the portable one made of packages. */
export type PlatformName = 'linux' | 'darwin' | 'win32' | 'portable';
