import { insideOnly } from '../../http/insideOnly.js';
import { createServiceAuth } from '../../http/serviceAuth.js';
import { unlogged, type Registrar } from '../../http/router.js';
import { createBody } from '../../http/validate.js';
import { createCheckAccess } from './checkAccess.js';
import type { createDecider } from './createDecider.js';
import { checkSchema } from './schemas.js';

export interface AccessRoutes {
  decideAll: ReturnType<typeof createDecider>;
  serviceToken: string;
  bodyBytesMax: number;
}

/** Internal: reached by the other services alone, never through the ingress. */
export function registerRoutes(route: Registrar, { decideAll, serviceToken, bodyBytesMax }: AccessRoutes): void {
  const serviceAuth = createServiceAuth(serviceToken);
  const body = createBody(bodyBytesMax);

  route.post('/access/check', unlogged, insideOnly, serviceAuth, body(checkSchema), createCheckAccess(decideAll));
}
