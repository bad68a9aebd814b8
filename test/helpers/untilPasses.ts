import { eventually } from './eventually.js';

/**
 * Asks again and again until the answer passes what is expected of it: for what is true of one moment, when the moment comes.
 *
 * @returns the answer that passed
 * @throws the last answer's failure
 */
export async function untilPasses<T>(ask: () => Promise<T>, expectations: (answer: T) => void): Promise<T> {
  let failure: unknown;
  const passes = (answer: T) => {
    try {
      expectations(answer);
      return true;
    } catch (error) {
      failure = error;
      return false;
    }
  };
  try {
    return await eventually(ask, passes);
  } catch (error) {
    throw failure ?? error;
  }
}
