import { Args } from '@oclif/core';
import { usageError } from './errors.js';

/** An id as the services give it: a positive whole number, as text. */
export function checkId(text: string, what: string, listCommand: string): string {
  if (/^[1-9]\d{0,18}$/.test(text)) return text;
  throw usageError(`'${text}' is not the id of ${what}.`, listCommand);
}

/** The argument of every command about one event. */
export const eventArg = Args.custom({
  description: 'Id of the event',
  parse: async (text) => checkId(text, 'an event', 'spikectl event list'),
});
