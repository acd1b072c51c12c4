import type { ServiceDetail } from '../../model/service.ts';
import { maskEnvironment } from '../../supervisor/pm2/mask-environment.ts';

/** A service as anybody may see it: values that look like secrets are masked. */
export const masked = (service: ServiceDetail): ServiceDetail => ({
  ...service,
  env: maskEnvironment(service.env),
  spec: { ...service.spec, env: maskEnvironment(service.spec.env) },
});
