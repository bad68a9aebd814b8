import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readManifest } from '../helpers/surface/manifest.js';

const manifest = readManifest();
const packageScripts = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: object }).scripts;

describe.each(['github-actions.yml', 'gitlab-ci.yml'])('the pipeline in docs/examples/%s', (name) => {
  const lines = commandLines(parse(readFileSync(path.join('docs', 'examples', name), 'utf8')));
  const spikectl = lines.flatMap((line) => /\bnpx spikectl (.*)$/.exec(line)?.[1] ?? []);

  test('checks, tests, builds all, pushes and deploys', () => {
    for (const line of ['npm run check', 'npm test']) expect(lines).toContain(line);
    expect(spikectl.map((line) => line.split(' ')[0])).toEqual(['build', 'deploy', 'deploy']);
    expect(spikectl[0]).toMatch(/^build all .*--push/);
  });

  test('types nothing to deliver but commands, flags and values that spikectl has', () => {
    for (const line of spikectl) expect(faultsOf(line)).toEqual([]);
  });

  test('runs no script that the package does not have', () => {
    const run = lines.flatMap((line) => /\bnpm run (\S+)/.exec(line)?.[1] ?? []);
    for (const script of run) expect(Object.keys(packageScripts)).toContain(script);
  });

  test('names no secret on a command line', () => {
    for (const line of spikectl) expect(line).not.toMatch(/\$\{?\{?\s*(secrets\.|\w*(PASSWORD|TOKEN|_URL))/);
  });
});

/** Every line of every script, those that YAML folds as one. */
function commandLines(node: unknown, key = ''): string[] {
  if (typeof node === 'string')
    return ['run', 'script', 'before_script', 'after_script'].includes(key) ? node.trim().split('\n') : [];
  if (Array.isArray(node)) return node.flatMap((each) => commandLines(each, key));
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) => commandLines(value, name));
}

/** What of a command line the commands do not know. */
function faultsOf(line: string): string[] {
  const words = [...line.matchAll(/"[^"]*"|\S+/g)].map(([word]) => word);
  const topic = words.slice(0, 2).join(':');
  const id = topic in manifest ? topic : words[0]!;
  const command = manifest[id];
  if (command === undefined) return [`no command ${id}`];
  const rest = words.slice(id.split(':').length);
  const faults: string[] = [];
  const given: string[] = [];
  while (rest.length > 0) {
    const word = rest.shift()!;
    if (!word.startsWith('-')) {
      given.push(word);
      continue;
    }
    const [name = '', value] = word.replace(/^--?/, '').split('=', 2);
    const flag = Object.values(command.flags).find((each) => each.name === name || each.char === name);
    if (flag === undefined) faults.push(`${id} has no ${word}`);
    else if (flag.type === 'option') {
      const chosen = value ?? rest.shift();
      if (chosen === undefined) faults.push(`${word} of ${id} needs a value`);
      else if (flag.options !== undefined && !flag.options.includes(chosen))
        faults.push(`${word} of ${id} cannot be ${chosen}`);
    }
  }
  Object.values(command.args).forEach((arg, index) => {
    const value = given[index];
    if (value === undefined && arg.required === true) faults.push(`${id} needs ${arg.name}`);
    if (value !== undefined && arg.options?.includes(value) === false)
      faults.push(`${arg.name} of ${id} cannot be ${value}`);
  });
  if (given.length > Object.keys(command.args).length) faults.push(`${id} takes no ${given.at(-1)}`);
  return faults;
}
