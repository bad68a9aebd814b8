import { DeliveryError } from '../deliveryError.js';
import { findProgram } from '../programs/findProgram.js';
import { runProgram } from '../programs/runProgram.js';

export type ToolName = 'helm' | 'kubectl';

export interface Tool {
  name: ToolName;
  file: string;
  /** `3.18.0` */
  version: string;
}

/** Helm 3.13 brought `--dry-run=server`, by which the plan sees what the cluster holds. kubectl 1.24 is older than any cluster in care. */
const floors: Readonly<Record<ToolName, string>> = { helm: '3.13.0', kubectl: '1.24.0' };

const versionArgs: Readonly<Record<ToolName, readonly string[]>> = {
  helm: ['version', '--template', '{{.Version}}'],
  kubectl: ['version', '--client', '--output=json'],
};

const installation: Readonly<Record<ToolName, string>> = {
  helm: 'Install Helm 3 or 4 (https://helm.sh/docs/intro/install), or name the file: --helm FILE or SPIKE_HELM.',
  kubectl:
    'Install kubectl (https://kubernetes.io/docs/tasks/tools), or name the file: --kubectl FILE or SPIKE_KUBECTL.',
};

/** Starting a program and asking its version takes no network. */
const VERSION_TIMEOUT_MS = 15_000;

/**
 * Finds helm or kubectl: the file that was named, else the first on the PATH.
 *
 * @throws DeliveryError when there is none, or one that is too old
 */
export async function findKubeTool(name: ToolName, named: string | undefined, signal?: AbortSignal): Promise<Tool> {
  const file = findProgram(named ?? name);
  const missing = (message: string) =>
    new DeliveryError('TOOL_MISSING', message, { exit: 5, suggestions: [installation[name]] });
  if (file === undefined) {
    throw missing(named === undefined ? `There is no ${name} on the PATH.` : `${named} is no program that can be run.`);
  }
  const { code, stdout, stderr } = await runProgram({
    file,
    args: versionArgs[name],
    timeoutMs: VERSION_TIMEOUT_MS,
    ...(signal === undefined ? {} : { signal }),
  });
  const version = /v(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  if (code !== 0 || version === undefined) {
    const said = stderr.trim() === '' ? '' : `: ${stderr.trim().split('\n')[0]}`;
    throw missing(`${file} does not tell its version, so it is no ${name} that works${said}.`);
  }
  if (isOlder(version, floors[name]))
    throw missing(`${file} is ${name} ${version}; it has to be ${floors[name]} or newer.`);
  return { name, file, version };
}

function isOlder(version: string, floor: string): boolean {
  return version.localeCompare(floor, 'en', { numeric: true }) < 0;
}
