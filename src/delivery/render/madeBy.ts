import { flagsOfKind, type RenderDefaults, type RenderOptions } from './renderFlags.js';
import type { AssetKind, SettingValue } from './renderValues.js';

const PLAIN = /^[\w./:@=,+-]+$/;

/**
 * The line that every rendered file carries. It names each value that is not the default, wherever it came from, so that
 * typing it makes the same file on any machine; the folder is left open, because it says something of the machine only.
 */
export function madeBy(made: {
  kind: AssetKind;
  version: string;
  options: RenderOptions;
  defaults: RenderDefaults;
  settings: readonly SettingValue[];
}): string {
  const { kind, version, options, defaults } = made;
  const told = made.settings.filter(({ isTold }) => isTold);
  const words = flagsOfKind[kind].flatMap((flag) => {
    if (flag === 'set') return told.map(({ name, value }) => `--set ${word(`${name}=${value}`)}`);
    return options[flag] === defaults[flag] ? [] : [`--${typed(flag)} ${word(options[flag])}`];
  });
  return [`Rendered by spikectl ${version}: spikectl render ${kind} --out DIR`, ...words].join(' ');
}

/** `nodeImage` is typed `--node-image`. */
function typed(flag: string): string {
  return flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function word(value: string | number): string {
  const text = String(value);
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
