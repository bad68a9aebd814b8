import { usageError } from '../errors.js';
import { nearest } from '../nearest.js';
import { processNames, type ProcessName } from '../../daemon/services/processNames.js';

/** The processes that an argument names: one, or all when it was left out. */
export function chosenProcesses(given: string | undefined): readonly ProcessName[] {
  return given === undefined ? processNames : [chosenProcess(given)];
}

/** @throws a usage error that names the nearest process */
export function chosenProcess(given: string): ProcessName {
  const found = processNames.find((name) => name === given);
  if (found !== undefined) return found;
  const meant = nearest(given, processNames);
  throw usageError(
    `There is no service '${given}'.`,
    ...(meant === undefined ? [] : [`Did you mean ${meant}?`]),
    `The services are ${processNames.join(', ')}.`,
  );
}
