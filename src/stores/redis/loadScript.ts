import { readFileSync } from 'node:fs';

const scriptNames = [
  'reserve',
  'release',
  'adopt',
  'installEvent',
  'updateEvent',
  'setQuantity',
  'removeEvent',
  'voidEvent',
  'readEvent',
  'snapshotEvent',
  'takeToken',
  'markLife',
  'readClock',
  'addOutcomes',
] as const;

export type ScriptName = (typeof scriptNames)[number];

/** The text of every script, with its `-- @include NAME` lines replaced by the files of `scripts/includes`. */
export function loadScripts(): Record<ScriptName, string> {
  const read = (path: string) => readFileSync(new URL(`./scripts/${path}.lua`, import.meta.url), 'utf8');
  const entries = scriptNames.map((name) => [
    name,
    read(name).replace(/^-- @include (\w+)$/gm, (_line, include: string) => read(`includes/${include}`)),
  ]);
  return Object.fromEntries(entries) as Record<ScriptName, string>;
}
