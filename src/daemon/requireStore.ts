import { settings } from '../config/settings.js';
import { startedEnvironment, type LocalDeployment } from './localDeployment.js';
import { middlewareUrls } from './middleware/middlewareStatus.js';
import { probeStore } from './middleware/probeStore.js';
import { storeTitles, withoutPassword, type StoreName } from './middleware/store.js';
import { OperatorError } from './operatorError.js';

/**
 * The URL of a store that answers.
 *
 * @throws OperatorError when it does not
 */
export async function requireStore(deployment: LocalDeployment, name: StoreName): Promise<string> {
  const environment = await startedEnvironment(deployment);
  const url = (await middlewareUrls({ home: deployment.home, environment }))[name];
  const suggestions = ['spikectl middleware up', 'spikectl status'];
  if (url === undefined) {
    throw new OperatorError({
      code: 'STORE_UNREACHABLE',
      message: `${storeTitles[name]} was never started here, and ${settings[`${name}Url`].env} names none.`,
      suggestions,
      exit: 5,
    });
  }
  try {
    await probeStore(name, url);
    return url;
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    throw new OperatorError({
      code: 'STORE_UNREACHABLE',
      message: `${storeTitles[name]} is not reachable at ${withoutPassword(url)}: ${message || code}.`,
      suggestions,
      exit: 5,
      cause: error,
    });
  }
}
