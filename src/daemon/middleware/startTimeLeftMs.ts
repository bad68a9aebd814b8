import { stat } from 'node:fs/promises';
import { drivers } from './drivers.js';
import type { StoreName } from './store.js';
import { storeLayout } from './storeLayout.js';

/**
 * How long a private store whose processes live may still take until it answers, in milliseconds: 0 when it should have
 * answered long ago. Its note is written last when its last process is launched.
 */
export async function startTimeLeftMs(home: string, name: StoreName): Promise<number> {
  const { mtimeMs } = await stat(storeLayout(home, name).stateFile);
  const { startDeadlineMs } = drivers[name];
  return Math.min(Math.max(mtimeMs + startDeadlineMs - Date.now(), 0), startDeadlineMs);
}
