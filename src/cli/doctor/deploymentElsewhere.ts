import { findContext, readContexts, type Context } from '../contexts.js';
import { isOnThisMachine } from '../local/isOnThisMachine.js';

/** The deployment that commands talk to, when it does not run on this machine; undefined when it does, or there is none. */
export async function deploymentElsewhere(
  contextName: string | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<{ name: string; context: Context } | undefined> {
  const { SPIKE_URL: url, SPIKE_TOKEN: token } = environment;
  // Whether others can read the file is one of the checks: this look must not mend it.
  const known = await readContexts({ environment, closeToOthers: false });
  const fromEnvironment = contextName === undefined && url && token ? { url, token } : undefined;
  const name = contextName ?? known.current;
  const context = fromEnvironment ?? (name === undefined ? undefined : findContext(known, name));
  if (context === undefined || isOnThisMachine(context.url)) return undefined;
  return { name: fromEnvironment === undefined ? name! : 'SPIKE_URL', context };
}
