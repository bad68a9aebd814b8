import { processNames } from '../../daemon/services/processNames.js';
import { readContexts } from '../contexts.js';
import type { Candidate, Source } from './complete.js';

/** Nobody waits longer for a suggestion. */
const TIMEOUT_MS = 1_500;
const ROWS_MAX = 100;

/**
 * What this machine or the running deployment knows; nothing when it does not tell, because a press of the tab key is no
 * place for an error.
 *
 * @param contextName the context that the command line names
 */
export async function askSource(source: Source, contextName: string | undefined): Promise<Candidate[]> {
  try {
    if (source === 'services') return processNames.map((value) => ({ value, description: '' }));
    if (source === 'contexts') return await contexts();
    return await fromDeployment(source, contextName);
  } catch {
    return [];
  }
}

async function contexts(): Promise<Candidate[]> {
  const known = await readContexts({ closeToOthers: false });
  return Object.entries(known.contexts).map(([value, { url }]) => ({ value, description: url }));
}

async function fromDeployment(
  source: 'events' | 'commodities' | 'users',
  contextName: string | undefined,
): Promise<Candidate[]> {
  const { connectStaff } = await import('../connectStaff.js');
  const staff = await connectStaff({ contextName, signal: AbortSignal.timeout(TIMEOUT_MS) });
  const page = { limit: ROWS_MAX };
  try {
    if (source === 'events') {
      const { events } = await staff.listEvents(page);
      return events.map(({ id, title, state }) => ({ value: id, description: `${title}, ${state}` }));
    }
    if (source === 'commodities') {
      const { commodities } = await staff.listCommodities(page);
      return commodities.map(({ id, name }) => ({ value: id, description: name }));
    }
    const { users } = await staff.listUsers(page);
    return users.map(({ id, name }) => ({ value: id, description: name ?? '' }));
  } finally {
    await staff.close();
  }
}
