import { findSources } from './findSources.js';
import { installPackages } from './installPackages.js';
import { findBinary, machinePath } from './machineFolders.js';
import type { Tool } from './planInstallation.js';
import { storeNames, type Report } from './store.js';

const toolBinaries: Readonly<Record<Tool, readonly string[]>> = {
  browser: ['chromium', 'chromium-browser', 'google-chrome'],
  buildah: ['buildah'],
  debootstrap: ['debootstrap'],
  nginx: ['nginx'],
  prometheus: ['promtool', 'prometheus'],
  registry: ['docker-registry'],
  wrk: ['wrk'],
  zsh: ['zsh'],
};

/**
 * Installs what this machine lacks to run the stores privately, and the tools that are asked for. Whoever calls it has been
 * told that it may.
 */
export async function installMissing(options: {
  report: Report;
  tools?: readonly Tool[];
  home?: string;
  environment?: Readonly<Record<string, string | undefined>>;
}): Promise<void> {
  const { report, tools = [], home = '', environment = { PATH: process.env.PATH } } = options;
  const sources = await findSources({ home, environment });
  const searchPath = machinePath(environment.PATH);
  const what = [
    ...storeNames.filter((name) => sources[name] === null),
    ...tools.filter((tool) => findBinary(toolBinaries[tool], searchPath) === undefined),
  ];
  if (what.length > 0) await installPackages({ what, report });
}
