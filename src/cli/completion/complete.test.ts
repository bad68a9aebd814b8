import { describe, expect, it } from '@jest/globals';
import { complete } from './complete.js';
import type { Surface } from './surface.js';

const json = { name: 'json', type: 'boolean', description: 'as JSON' } as const;
const state = { name: 'state', type: 'option', char: 's', options: ['open', 'paused'] } as const;
const filter = { name: 'filter', type: 'option', multiple: true } as const;
const rule = { name: 'rule', type: 'option', helpValue: 'FILE|JSON' } as const;
const event = { name: 'event', type: 'option' } as const;

const surface: Surface = {
  topics: { event: { description: 'Sale events' } },
  commands: {
    audit: { summary: 'Prove it', flags: { json }, args: { event: { name: 'event' } } },
    daemon: { summary: 'Start', flags: { json }, args: {} },
    'daemon:scale': { summary: 'Scale', flags: {}, args: { service: { name: 'service' }, number: { name: 'number' } } },
    'context:use': { summary: 'Choose', flags: {}, args: { name: { name: 'name' } } },
    'event:list': { summary: 'List', flags: { json, state, filter, event }, args: {} },
    'event:create': { summary: 'Create', flags: { rule }, args: {} },
    'middleware:logs': { summary: 'Logs', flags: {}, args: { store: { name: 'store', options: ['mysql', 'redis'] } } },
  },
};

const values = (...words: string[]) => complete(words, surface).candidates.map(({ value }) => value);

describe('at the tab key', () => {
  it.each([
    ['commands and topics first', [''], ['audit', 'context', 'daemon', 'event', 'middleware']],
    ['the commands of a topic', ['event', ''], ['create', 'list']],
    ['the words below a command that is also a topic', ['daemon', ''], ['scale']],
    ['the flags of a command', ['event', 'list', '--'], ['--json', '--state', '--filter', '--event', '--help']],
    ['no flag twice', ['event', 'list', '--json', '--'], ['--state', '--filter', '--event', '--help']],
    [
      'a flag that may be given again',
      ['event', 'list', '--filter', 'a=b', '--'],
      ['--json', '--state', '--filter', '--event', '--help'],
    ],
    ['the values of a flag', ['event', 'list', '--state', ''], ['open', 'paused']],
    ['the values of a flag by its letter', ['event', 'list', '-s', ''], ['open', 'paused']],
    ['the values behind an equals sign', ['event', 'list', '--state', '='], ['open', 'paused']],
    ['the rest of a value behind an equals sign', ['event', 'list', '--state', '=', 'pa'], ['open', 'paused']],
    ['the values of an argument', ['middleware', 'logs', ''], ['mysql', 'redis']],
    ['nothing behind the last argument', ['middleware', 'logs', 'mysql', ''], []],
    ['nothing for what does not exist', ['evnt', 'list', ''], []],
    ['help for a topic', ['event', '--'], ['--help']],
  ])('come %s', (_what, words, expected) => {
    expect(values(...words)).toEqual(expected);
  });

  it.each([
    ['events for an argument', ['audit', ''], 'events'],
    ['events for a flag', ['event', 'list', '--event', ''], 'events'],
    ['services', ['daemon', 'scale', ''], 'services'],
    ['contexts', ['context', 'use', ''], 'contexts'],
    ['events behind a flag without a value', ['audit', '--json', ''], 'events'],
  ])('are asked for %s', (_what, words, source) => {
    expect(complete(words, surface)).toMatchObject({ source });
  });

  it('file names come where a flag takes one', () => {
    expect(complete(['event', 'create', '--rule', ''], surface)).toEqual({ candidates: [], files: true });
  });

  it('each says what it is', () => {
    expect(complete(['ev'], surface).candidates).toContainEqual({ value: 'event', description: 'Sale events' });
    expect(complete(['event', 'l'], surface).candidates).toContainEqual({ value: 'list', description: 'List' });
  });
});
