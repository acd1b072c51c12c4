export type ManagerKind = 'pm2' | 'systemd' | 'systemd-user' | 'docker' | 'podman' | 'supervisord' | 'devdoctor';

/** Who keeps a process alive, and under which name. */
export interface ManagedBy {
  readonly kind: ManagerKind;
  readonly unit: string;
}
