import type { LocalDeployment } from './localDeployment.js';
import { storeNames, type StoreUrls } from './middleware/store.js';
import { requireStore } from './requireStore.js';

/** The URLs of all three stores, each of which answers; OperatorError for the first that does not. */
export async function requireStores(deployment: LocalDeployment): Promise<StoreUrls> {
  const urls = await Promise.all(storeNames.map(async (name) => [name, await requireStore(deployment, name)]));
  return Object.fromEntries(urls) as StoreUrls;
}
