import { ServiceRefusal } from '../../client/errors.js';
import { CliError } from '../errors.js';

/** Waits for an answer about one order, and says which order it is that there is not. */
export async function knownOrder<Answer>(id: string, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof ServiceRefusal) || error.code !== 'NOT_FOUND') throw error;
    throw new CliError('NOT_FOUND', `There is no order ${id}.`, { suggestions: ['spikectl order list'], cause: error });
  }
}
