import type { Hook } from '@oclif/core';
import { usageError } from '../errors.js';
import { nearest } from '../nearest.js';

/** An unknown command ends with 2 and the nearest one that exists; it never asks, so that it works in a pipe too. */
const commandNotFound: Hook.CommandNotFound = async ({ id, config }) => {
  const typed = id.replaceAll(':', ' ');
  const known = [...config.commandIDs, ...config.topics.map(({ name }) => name)].map((name) =>
    name.replaceAll(':', ' '),
  );
  const meant = nearest(typed, known);
  const suggestions = meant === undefined ? ['spikectl --help'] : [`spikectl ${meant}`, 'spikectl --help'];
  throw Object.assign(usageError(`There is no command '${typed}'.`, ...suggestions), { oclif: { exit: 2 } });
};

export default commandNotFound;
