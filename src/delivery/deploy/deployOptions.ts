import type { Target } from './createHelm.js';

/** What was asked for, as it was typed and checked. */
export interface DeployOptions extends Target {
  /** A folder or a packed chart; undefined: the one of this spikectl. */
  chart: string | undefined;
  valuesFiles: readonly string[];
  /** `path=value` for helm; none of them a secret. */
  set: readonly string[];
  /** `path=VARIABLE`: the value is in the environment, and travels in a file. */
  setFromEnv: readonly string[];
  registry: string | undefined;
  tag: string | undefined;
  createNamespace: boolean;
  checksImages: boolean;
  helmFile: string | undefined;
  kubectlFile: string | undefined;
}
