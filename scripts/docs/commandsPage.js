import { code, generatedNote, table } from './markdown.js';

/** Every command with its arguments, flags and examples. */
export function commandsPage(config) {
  const commands = shownCommands(config);
  const globals = Object.values(commands[0]?.flags ?? {}).filter(isGlobal);
  return [
    generatedNote,
    '# Commands',
    'What each command prints under `--json`, its exit codes and what it says when something is wrong follow the same rules everywhere: results on stdout, everything else on stderr. The exit codes are listed in [errors.md](errors.md).',
    commandsTable(config, ''),
    '## Flags of every command',
    flagTable(globals),
    ...commands.map((command) => commandSection(command, config)),
  ].join('\n\n');
}

/** One line a command; the README shows it too. */
export function commandsTable(config, page = 'docs/commands.md') {
  return table(
    ['command', 'what it does'],
    shownCommands(config).map((command) => [
      `[${code(nameOf(command))}](${page}#${anchor(nameOf(command))})`,
      command.summary ?? '',
    ]),
  );
}

function shownCommands(config) {
  return config.commands.filter((command) => !command.hidden).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function commandSection(command, config) {
  const flags = Object.values(command.flags).filter((flag) => !flag.hidden && !isGlobal(flag));
  const args = Object.values(command.args).filter((arg) => !arg.hidden);
  return [
    `## ${nameOf(command)}`,
    `${command.summary ?? ''}.`,
    command.description ?? '',
    `\`\`\`sh\n${usage(command, args, flags)}\n\`\`\``,
    args.length === 0 ? '' : table(['argument', 'meaning'], args.map(argRow)),
    flags.length === 0 ? '' : flagTable(flags),
    examples(command, config),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function usage(command, args, flags) {
  const words = args.map((arg) => (arg.required ? arg.name.toUpperCase() : `[${arg.name.toUpperCase()}]`));
  const required = flags.filter((flag) => flag.required).map((flag) => flagText(flag));
  const rest = flags.some((flag) => !flag.required) ? ['[flags]'] : [];
  return ['spikectl', nameOf(command), ...words, ...required, ...rest].join(' ');
}

function argRow(arg) {
  return [code(arg.name.toUpperCase()), arg.description ?? ''];
}

function flagTable(flags) {
  return table(
    ['flag', 'meaning', 'default', 'environment'],
    flags.map((flag) => [
      code(`${flag.char === undefined ? '' : `-${flag.char}, `}${flagText(flag)}`),
      `${flag.required ? '**required** · ' : ''}${flag.description ?? ''}`,
      flag.default === undefined || typeof flag.default === 'boolean' ? '' : code(flag.default),
      flag.env === undefined ? '' : code(flag.env),
    ]),
  );
}

function flagText(flag) {
  if (flag.type === 'boolean') return flag.allowNo ? `--[no-]${flag.name}` : `--${flag.name}`;
  const value = flag.options?.join('|') ?? flag.helpValue ?? (flag.name === 'json' ? '' : 'VALUE');
  return `--${flag.name} ${value}${flag.multiple ? ' …' : ''}`;
}

function examples(command, config) {
  const lines = (command.examples ?? []).map((example) => {
    const { description, command: text } = typeof example === 'string' ? { command: example } : example;
    const line = text.replaceAll('<%= config.bin %>', config.bin).replaceAll('<%= command.id %>', nameOf(command));
    return description === undefined ? line : `# ${description}\n${line}`;
  });
  return lines.length === 0 ? '' : `\`\`\`sh\n${lines.join('\n')}\n\`\`\``;
}

function isGlobal(flag) {
  return flag.helpGroup === 'GLOBAL';
}

function nameOf(command) {
  return command.id.replaceAll(':', ' ');
}

function anchor(name) {
  return name.replaceAll(' ', '-');
}
