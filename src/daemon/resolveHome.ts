import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import envPaths from 'env-paths';

/** The package's own folder: where `bin/`, `dist/` and `ecosystem.config.js` are. */
export function packageRoot(): string {
  return fileURLToPath(new URL('../../', import.meta.url));
}

/**
 * The folder that holds all state of this machine's deployment: `SPIKE_HOME`, else `.spike` in the clone (so that removing
 * the clone removes the state), else, for an installed package, the user's data folder.
 */
export function resolveHome(options: {
  environment: Readonly<Record<string, string | undefined>>;
  root?: string;
}): string {
  const configured = options.environment.SPIKE_HOME;
  if (configured) return path.resolve(configured);
  const root = options.root ?? packageRoot();
  if (existsSync(path.join(root, '.git'))) return path.join(root, '.spike');
  return envPaths('spikectl', { suffix: '' }).data;
}
