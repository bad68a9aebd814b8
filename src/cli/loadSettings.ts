import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { loadConfig } from '../config/loadConfig.js';
import type { Config, Origin, SettingName } from '../config/settings.js';
import { CliError, exitCodes } from './errors.js';

const SETTINGS_FILE = 'spikectl.yaml';

export interface SettingsFile {
  /** Undefined when there is no file between here and the root. */
  path: string | undefined;
  values: Record<string, unknown>;
}

/** Finds `spikectl.yaml` in this folder or the nearest one above it. */
export async function readSettingsFile(startFolder: string = process.cwd()): Promise<SettingsFile> {
  for (let folder = path.resolve(startFolder); ; folder = path.dirname(folder)) {
    const file = path.join(folder, SETTINGS_FILE);
    const text = await readIfThere(file);
    if (text !== undefined) return { path: file, values: await parseSettings(file, text) };
    if (folder === path.dirname(folder)) return { path: undefined, values: {} };
  }
}

/**
 * Reads the named settings from flag > environment > `spikectl.yaml` > default.
 *
 * @throws ConfigError naming every setting that is missing or not valid
 */
export async function loadSettings<const Name extends SettingName>(
  names: readonly Name[],
  flags: Readonly<Record<string, unknown>> = {},
): Promise<{ config: Pick<Config, Name>; origins: Record<Name, Origin>; file: SettingsFile }> {
  const file = await readSettingsFile();
  return { ...loadConfig(names, { flags, environment: process.env, file: file.values }), file };
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

async function parseSettings(file: string, text: string): Promise<Record<string, unknown>> {
  const { parse } = await import('yaml');
  let values: unknown;
  try {
    values = parse(text);
  } catch (error) {
    throw new CliError('CONFIG', `${file} is not valid YAML: ${(error as Error).message}`, {
      exit: exitCodes.usage,
      suggestions: ['Correct the line that is named.'],
      cause: error,
    });
  }
  if (values === null || values === undefined) return {};
  if (typeof values === 'object' && !Array.isArray(values)) return values as Record<string, unknown>;
  throw new CliError('CONFIG', `${file} must hold one "name: value" per line.`, {
    exit: exitCodes.usage,
    suggestions: ['spikectl config show'],
  });
}
