import { Flags } from '@oclif/core';
import { checkId } from './eventId.js';

/** The flag of every command about dead letters. */
export const deadLetterFlags = {
  event: Flags.string({
    helpValue: 'ID',
    description: 'Only letters of this event',
    parse: async (text) => checkId(text, 'an event', 'spikectl event list'),
  }),
};
