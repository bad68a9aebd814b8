import { code, generatedNote, table } from './markdown.js';

/** What is read from the environment without being a setting of the system: it belongs to the person at the terminal. */
const cliVariables = [
  ['SPIKE_CONFIG_DIR', 'the folder of the contexts file (default: the usual one of the platform)'],
  ['SPIKE_HOME', "the folder of this machine's deployment (default: `.spike` in a clone, else the user's data folder)"],
  ['SPIKE_CONTEXT', 'the deployment to talk to; `--context` wins'],
  ['SPIKE_URL', 'with SPIKE_TOKEN: the deployment to talk to without a context; `login --url` wins'],
  ['SPIKE_TOKEN', 'a token of staff, for pipelines'],
  ['SPIKE_USERNAME', 'who logs in; `login --username` wins'],
  ['SPIKE_PASSWORD', 'the password of `login`'],
  ['NO_COLOR', 'no colours; FORCE_COLOR for colours without a terminal'],
];

/** Every setting with its variable, default and meaning. */
export function settingsPage(settings) {
  return [
    generatedNote,
    '# Settings',
    'A setting is read from a flag, else from its environment variable (or from the file that the variable with `_FILE` behind it names, as in `SPIKE_MYSQL_URL_FILE=/run/secrets/mysql-url`; one line end behind the value is no part of it, and both at once are refused), else from `spikectl.yaml` (in the current folder or the nearest one above; one `name: value` a line), else it has its default. `spikectl config show` says which value is in force and where it came from. A setting without a default must be given; on this machine `spikectl up` makes the secrets itself.',
    table(
      ['setting', 'environment', 'default', 'meaning'],
      Object.entries(settings).map(([name, { env, default: value, describe, secret }]) => [
        code(name),
        code(env),
        value === undefined ? '' : code(value),
        `${describe}${secret ? ' (secret)' : ''}`,
      ]),
    ),
    '## Variables of the command line',
    table(
      ['environment', 'meaning'],
      cliVariables.map(([name, meaning]) => [code(name), meaning]),
    ),
  ].join('\n\n');
}
