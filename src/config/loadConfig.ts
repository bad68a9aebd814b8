import type { z } from 'zod';
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
 * @throws ConfigError naming every setting that is missing or not valid
 */
export function loadConfig<const Name extends SettingName>(
  names: readonly Name[],
  sources: ConfigSources,
): { config: Pick<Config, Name>; origins: Record<Name, Origin> } {
  const problems = unknownKeys(sources.file ?? {});
  const values: Partial<Record<SettingName, unknown>> = {};
  const origins: Partial<Record<SettingName, Origin>> = {};
  for (const name of names) {
    const found = findValue(name, sources);
    if (found === undefined) {
      problems.push(`${name} is missing. Set ${settings[name].env} (${settings[name].describe}).`);
      continue;
    }
    const parsed = (settings[name].schema as z.ZodType).safeParse(found.value);
    if (parsed.success) {
      values[name] = parsed.data;
      origins[name] = found.origin;
    } else {
      const why = parsed.error.issues.map((issue) => issue.message).join('; ');
      problems.push(`${name} (from ${found.origin}, ${settings[name].env}): ${why}.`);
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return { config: values as Pick<Config, Name>, origins: origins as Record<Name, Origin> };
}

export const allSettingNames = Object.keys(settings) as SettingName[];

function findValue(name: SettingName, sources: ConfigSources): { value: unknown; origin: Origin } | undefined {
  const definition = settings[name];
  const flag = sources.flags?.[name];
  if (flag !== undefined) return { value: flag, origin: 'flag' };
  const fromEnvironment = sources.environment?.[definition.env];
  if (fromEnvironment !== undefined && fromEnvironment !== '') return { value: fromEnvironment, origin: 'environment' };
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
