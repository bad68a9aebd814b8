import type { z } from 'zod';
import { readVariable } from './readVariable.js';
import { settings, type Config, type Origin, type SettingName } from './settings.js';

/** What is wrong with the configuration, one line a setting, each with what to type. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration is not valid:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

export interface ConfigSources {
  flags?: Readonly<Record<string, unknown>>;
  environment?: Readonly<Record<string, string | undefined>>;
  file?: Readonly<Record<string, unknown>>;
}

/**
 * Reads the named settings from flag > environment > file > default.
 *
 * @param names the settings that the caller needs; the others are neither read nor required, so that a service does not
 *   have to be given the secrets of another
 * @returns also the files that values of the environment were read from (`SPIKE_X_FILE`)
 * @throws ConfigError naming every setting that is missing or not valid
 */
export function loadConfig<const Name extends SettingName>(
  names: readonly Name[],
  sources: ConfigSources,
): { config: Pick<Config, Name>; origins: Record<Name, Origin>; files: Partial<Record<Name, string>> } {
  const problems = unknownKeys(sources.file ?? {});
  const values: Partial<Record<SettingName, unknown>> = {};
  const origins: Partial<Record<SettingName, Origin>> = {};
  const files: Partial<Record<SettingName, string>> = {};
  for (const name of names) {
    const found = findValue(name, sources);
    if (found instanceof Error) {
      problems.push(`${name}: ${found.message}.`);
      continue;
    }
    if (found === undefined) {
      problems.push(`${name} is missing. Set ${settings[name].env} (${settings[name].describe}).`);
      continue;
    }
    const parsed = (settings[name].schema as z.ZodType).safeParse(found.value);
    if (parsed.success) {
      values[name] = parsed.data;
      origins[name] = found.origin;
      if (found.file !== undefined) files[name] = found.file;
    } else {
      const why = parsed.error.issues.map((issue) => issue.message).join('; ');
      const where = found.file === undefined ? settings[name].env : `${settings[name].env}_FILE ${found.file}`;
      problems.push(`${name} (from ${found.origin}, ${where}): ${why}.`);
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    config: values as Pick<Config, Name>,
    origins: origins as Record<Name, Origin>,
    files: files,
  };
}

export const allSettingNames = Object.keys(settings) as SettingName[];

interface Found {
  value: unknown;
  origin: Origin;
  file?: string | undefined;
}

function findValue(name: SettingName, sources: ConfigSources): Found | Error | undefined {
  const definition = settings[name];
  const flag = sources.flags?.[name];
  if (flag !== undefined) return { value: flag, origin: 'flag' };
  try {
    const variable = readVariable(sources.environment ?? {}, definition.env);
    if (variable !== undefined) return { ...variable, origin: 'environment' };
  } catch (error) {
    return error as Error;
  }
  const fromFile = sources.file?.[name];
  if (fromFile !== undefined) return { value: fromFile, origin: 'file' };
  if ('default' in definition && definition.default !== undefined)
    return { value: definition.default, origin: 'default' };
  return undefined;
}

function unknownKeys(file: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(file)
    .filter((key) => !(key in settings))
    .map((key) => `${key} in the file is not a setting. See: spikectl config show.`);
}
