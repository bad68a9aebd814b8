import { Flags } from '@oclif/core';

/** What all kinds have. */
export const writeFlags = {
  out: Flags.string({ char: 'o', required: true, helpValue: 'DIR', description: 'The folder to write to' }),
  force: Flags.boolean({ default: false, description: 'Overwrite files that differ' }),
  'dry-run': Flags.boolean({ default: false, description: 'Only say what would be written, and show the difference' }),
};

export const imageFlags = {
  registry: Flags.string({
    env: 'SPIKE_REGISTRY',
    helpValue: 'HOST[:PORT][/PATH]',
    description: 'Where the images belong (default: this machine)',
  }),
  tag: Flags.string({ char: 't', helpValue: 'TAG', description: 'The tag of the images (default: the version)' }),
};

export const nameFlag = {
  name: Flags.string({
    helpValue: 'NAME',
    description: 'First part of the names of everything that runs (default: spike)',
  }),
};

export const runbookFlags = {
  runbooks: Flags.string({
    helpValue: 'URL',
    description: 'Where the pages about the alerts are; alerts link to them (default: docs/runbooks)',
  }),
};

export const settingFlags = {
  set: Flags.string({
    multiple: true,
    helpValue: 'SETTING=VALUE',
    description: 'A setting of the services, see `spikectl config show`; can be given again',
  }),
};
