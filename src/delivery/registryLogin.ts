import { badDelivery } from './deliveryError.js';

const USERNAME = 'SPIKE_REGISTRY_USERNAME';
const PASSWORD = 'SPIKE_REGISTRY_PASSWORD';

/**
 * The login that a pipeline gives for the registry of its images; undefined when it gives none.
 *
 * @throws DeliveryError when only one of the two is set
 */
export function registryLogin(environment: NodeJS.ProcessEnv): { username: string; password: string } | undefined {
  const { [USERNAME]: username = '', [PASSWORD]: password = '' } = environment;
  if (username === '' && password === '') return undefined;
  if (username !== '' && password !== '') return { username, password };
  throw badDelivery(`${username === '' ? PASSWORD : USERNAME} is set alone.`, `Set ${USERNAME} and ${PASSWORD}.`);
}
