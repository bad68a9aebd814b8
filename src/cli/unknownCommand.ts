import type { Interfaces } from '@oclif/core';
import { usageError, type CliError } from './errors.js';
import { nearest } from './nearest.js';

/** The names of all commands and topics, in words. */
export function commandNames(config: Interfaces.Config): string[] {
  return [...config.commandIDs, ...config.topics.map(({ name }) => name)].map(inWords);
}

/**
 * Says that there is no such command, with the nearest one that there is.
 *
 * @param before what stands between `spikectl` and the suggested command (`help `)
 */
export function unknownCommand(config: Interfaces.Config, id: string, before = ''): CliError {
  if (id.startsWith('-')) return usageError(`${id} needs a command before it.`, 'spikectl --help');
  const meant = nearest(inWords(id), commandNames(config));
  const suggestions = meant === undefined ? ['spikectl --help'] : [`spikectl ${before}${meant}`, 'spikectl --help'];
  return usageError(`There is no command '${inWords(id)}'.`, ...suggestions);
}

function inWords(id: string): string {
  return id.replaceAll(':', ' ');
}
