import { randomBytes } from 'node:crypto';
import { findFreePort } from '../findFreePort.js';
import { readJsonFile, writePrivateFile } from '../privateFile.js';
import type { StoreName, StoreSource, StoreState } from './store.js';
import { storeLayout } from './storeLayout.js';

const PASSWORD_BYTES = 24;

export async function readStoreState(home: string, name: StoreName): Promise<StoreState | undefined> {
  return readJsonFile<StoreState>(storeLayout(home, name).stateFile);
}

export async function writeStoreState(home: string, name: StoreName, state: StoreState): Promise<void> {
  await writePrivateFile(storeLayout(home, name).stateFile, `${JSON.stringify(state, null, 2)}\n`);
}

/**
 * What a store that is not running is started with: its password of old, and its ports of old unless somebody else listens
 * there by now.
 */
export async function nextStoreState(
  name: StoreName,
  kind: Exclude<StoreSource['kind'], 'url'>,
  previous: StoreState | undefined,
): Promise<StoreState> {
  const state: StoreState = {
    source: kind,
    password: previous?.password ?? randomBytes(PASSWORD_BYTES).toString('hex'),
    port: await findFreePort(previous?.port),
    processes: [],
  };
  if (name !== 'rabbitmq' || kind !== 'binary') return state;
  return {
    ...state,
    epmdPort: await findFreePort(previous?.epmdPort),
    distributionPort: await findFreePort(previous?.distributionPort),
  };
}
