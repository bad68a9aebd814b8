import { findSources } from './findSources.js';
import { installPackages } from './installPackages.js';
import { findBinary, machinePath } from './machineFolders.js';
import { storeNames, type Report } from './store.js';

/**
 * Installs what this machine lacks to run the stores privately, and a browser if asked for. Whoever calls it has been told
 * that it may.
 */
export async function installMissing(options: {
  report: Report;
  browser?: boolean;
  home?: string;
  environment?: Readonly<Record<string, string | undefined>>;
}): Promise<void> {
  const { report, browser = false, home = '', environment = { PATH: process.env.PATH } } = options;
  const sources = await findSources({ home, environment });
  const missing = storeNames.filter((name) => sources[name] === null);
  const browserNames = ['chromium', 'chromium-browser', 'google-chrome'];
  const needsBrowser = browser && findBinary(browserNames, machinePath(environment.PATH)) === undefined;
  if (missing.length === 0 && !needsBrowser) return;
  await installPackages({ what: [...missing, ...(needsBrowser ? (['browser'] as const) : [])], report });
}
