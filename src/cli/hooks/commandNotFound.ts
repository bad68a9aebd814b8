import type { Hook } from '@oclif/core';
import { unknownCommand } from '../unknownCommand.js';

/** An unknown command ends with 2 and the nearest one that exists; it never asks, so that it works in a pipe too. */
const commandNotFound: Hook.CommandNotFound = async ({ id, config }) => {
  // oclif swallows what a hook throws unless it carries an exit code in this form.
  throw Object.assign(unknownCommand(config, id), { oclif: { exit: 2 } });
};

export default commandNotFound;
