import { stripVTControlCharacters } from 'node:util';
import { nearest } from './nearest.js';

/**
 * Puts what oclif's parser refuses into one line, with the nearest flag or value.
 *
 * @param commandId the command in words; undefined before a command was found
 */
export function describeParseError(
  error: Error,
  commandId: string | undefined,
): { message: string; suggestions: string[] } {
  const help = `spikectl ${commandId === undefined ? '' : `${commandId} `}--help`;
  const meant = meantInstead(error);
  return {
    message: oclifMessage(error),
    suggestions: [...(meant === undefined ? [] : [`Did you mean ${meant}?`]), help],
  };
}

function oclifMessage(error: Error): string {
  const text = stripVTControlCharacters(error.message).replace(/\n?See more help with --help\s*$/, '');
  const { args } = error as { args?: unknown };
  if (error.constructor.name === 'RequiredArgsError' && Array.isArray(args)) {
    const names = args.map((arg: { name: string }) => arg.name.toUpperCase());
    return `Missing argument${names.length === 1 ? '' : 's'}: ${names.join(', ')}.`;
  }
  const reasons = text.replace(/^The following errors? occurred:\s*/, '').split(/\s*\n\s*/);
  return reasons[0]?.startsWith('Parsing ') === true ? oneFlagMessage(text) : reasonsMessage(reasons);
}

function reasonsMessage(reasons: readonly string[]): string {
  const missing = reasons.flatMap((reason) => /^Missing required flag (\S+)$/.exec(reason)?.[1] ?? []);
  const others = reasons
    .filter((reason) => !reason.startsWith('Missing required flag '))
    .map((reason) => reason.replace(/^(--[^=\s]+)(?:=\S*)? cannot also be provided when using/, '$1 cannot go with'));
  const missed = missing.map((flag) => `--${flag}`).join(', ');
  if (missing.length > 0) others.unshift(`Missing flag${missing.length === 1 ? '' : 's'}: ${missed}`);
  return `${others.join('; ').replace(/\.$/, '')}.`;
}

/** The parser puts `Parsing --flag` and a hint around what a flag's own check says. */
export function oneFlagMessage(message: string): string {
  const match = /^Parsing (--\S+) \n\t([\s\S]*?)(?:\nSee more help with --help)?$/.exec(message);
  return match === null ? message : `${match[1]}: ${match[2]}`;
}

function meantInstead(error: Error): string | undefined {
  const { flags, parse } = error as { flags?: unknown; parse?: { input?: { flags?: Record<string, unknown> } } };
  if (Array.isArray(flags) && typeof flags[0] === 'string') {
    const known = Object.keys(parse?.input?.flags ?? {}).map((name) => `--${name}`);
    return nearest(flags[0], known);
  }
  const option = /^Expected (?:--[^=\s]+=)?(.*) to be one of: (.*)$/m.exec(error.message);
  return option === null ? undefined : nearest(option[1] ?? '', (option[2] ?? '').split(', '));
}
