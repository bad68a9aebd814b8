import { findPinnedNode, root } from './bin/runtime.js';
import { readProcessFile } from './dist/daemon/services/readProcessFile.js';

/**
 * The pm2 process file: the five services and the local ingress. `spikectl daemon` runs the same list under a pm2 of its own;
 * `pm2 start ecosystem.config.js` runs it under yours, with the stores and secrets that `spikectl up` (or `middleware up`)
 * made, or those in the environment (SPIKE_MYSQL_URL, SPIKE_USER_JWT_SECRET, …; see `spikectl config show`).
 * Build first: npm run build.
 */
export const apps = readProcessFile({
  root,
  environment: process.env,
  interpreter: findPinnedNode() ?? process.execPath,
});
