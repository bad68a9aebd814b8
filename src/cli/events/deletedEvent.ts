import { ServiceRefusal } from '../../client/errors.js';
import { CliError } from '../errors.js';
import { knownEvent } from '../knownEvent.js';

/** Waits until the event is deleted; one that has orders is refused with what can be done with it. */
export async function deletedEvent<Answer>(id: string, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await knownEvent(id, answer);
  } catch (error) {
    if (!(error instanceof ServiceRefusal) || error.code !== 'EVENT_HAS_ORDERS') throw error;
    throw new CliError(error.code, `Event ${id} has orders and cannot be deleted.`, {
      suggestions: [`spikectl event close ${id}`, `spikectl order list --event ${id}`],
      cause: error,
    });
  }
}
