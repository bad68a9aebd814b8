import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { badDelivery } from '../deliveryError.js';
import type { ChartInput } from './createHelm.js';
import type { DeployOptions } from './deployOptions.js';
import { createScrub, isSecretValue, secretsOfText, type Scrub } from './secrecy.js';

export interface Input extends ChartInput {
  /** Takes the secrets of the values out of any text. */
  scrub: Scrub;
  secrets: readonly string[];
  /** Files with secrets that others on this machine can read. */
  openFiles: readonly string[];
  /** Removes what was written for helm. */
  close(): Promise<void>;
}

/** A chart that was rendered for this deployment. */
export type RenderedChart = readonly { path: string; content: string }[];

/**
 * Brings chart and values into the form that helm takes: files. A chart that was rendered here, and values that come from the
 * environment, lie in a folder that only this user can read, until `close`.
 *
 * @param renderChart called when no chart was named
 * @throws DeliveryError for a file that is not there, for a secret on the command line, for a variable that is not set
 */
export async function openInput(
  options: DeployOptions,
  renderChart: () => Promise<RenderedChart>,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Input> {
  refuseSecrets(options.set);
  const texts = await Promise.all(options.valuesFiles.map((file) => readValues(file)));
  const fromEnvironment = readEnvironment(options.setFromEnv, environment);
  if (options.chart !== undefined) await requireChart(options.chart);
  // mkdtemp makes the folder for its owner alone.
  const folder = await mkdtemp(path.join(tmpdir(), 'spike-deploy-'));
  const close = () => rm(folder, { recursive: true, force: true });
  try {
    const chart = options.chart ?? (await writeChart(path.join(folder, 'chart'), await renderChart()));
    const own = { ...imageValues(options), ...nest(fromEnvironment) };
    const file = path.join(folder, 'values.yaml');
    if (Object.keys(own).length > 0) await writeFile(file, stringify(own), { mode: 0o600 });
    const secrets = [...texts.flatMap(secretsOfText), ...fromEnvironment.map(([, value]) => value)];
    return {
      chart,
      valuesFiles: [...options.valuesFiles, ...(Object.keys(own).length > 0 ? [file] : [])],
      set: options.set,
      secrets,
      scrub: createScrub(secrets),
      openFiles: await filesOpenToOthers(options.valuesFiles, texts),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The chart that is rendered here knows registry and tag already; one that was named is told. */
function imageValues({ chart, registry, tag }: DeployOptions): Record<string, unknown> {
  if (chart === undefined || (registry === undefined && tag === undefined)) return {};
  return { image: { ...(registry === undefined ? {} : { registry }), ...(tag === undefined ? {} : { tag }) } };
}

function refuseSecrets(set: readonly string[]): void {
  for (const pair of set) {
    const at = pair.indexOf('=');
    if (at < 1) throw badDelivery(`--set ${pair}: this is not NAME=VALUE.`, 'For example: --set user.replicas=3');
    // One --set may hold several, with commas between them.
    for (const one of pair.split(/(?<!\\),(?=[\w.[\]-]+=)/)) {
      const name = one.slice(0, one.indexOf('='));
      const value = one.slice(one.indexOf('=') + 1);
      if (!isSecretValue(name, value)) continue;
      throw badDelivery(
        `--set ${name}=… looks like a secret: every user of this machine can read an argument list, and shells keep it.`,
        `From the environment: --set-from-env ${name}=VARIABLE`,
        'In a file that only you can read (chmod 600): --values FILE',
        'Or let a Secret of the cluster hold it, and name that one in the values.',
      );
    }
  }
}

function readEnvironment(pairs: readonly string[], environment: NodeJS.ProcessEnv): [path: string, value: string][] {
  return pairs.map((pair) => {
    const [, name = '', variable = ''] = /^([^=]+)=([A-Za-z_]\w*)$/.exec(pair) ?? [];
    if (name === '')
      throw badDelivery(
        `--set-from-env ${pair}: this is not NAME=VARIABLE.`,
        'For example: --set-from-env mysql.url=MYSQL_URL',
      );
    const value = environment[variable];
    if (value === undefined || value === '')
      throw badDelivery(`--set-from-env ${pair}: the variable ${variable} is not set.`, `export ${variable}=…`);
    return [name, value];
  });
}

function nest(pairs: readonly (readonly [path: string, value: string])[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, value] of pairs) {
    const keys = name.split(/(?<!\\)\./).map((key) => key.replaceAll('\\.', '.'));
    let at = values;
    for (const key of keys.slice(0, -1)) at = (at[key] ??= {}) as Record<string, unknown>;
    at[keys.at(-1) ?? ''] = value;
  }
  return values;
}

async function readValues(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw badDelivery(`--values ${file}: ${reasonOf(error)}.`, 'Name a file that is there.');
  }
}

async function requireChart(chart: string): Promise<void> {
  const found = await stat(chart).catch((error: unknown) => {
    throw badDelivery(
      `--chart ${chart}: ${reasonOf(error)}.`,
      'spikectl build chart',
      'Or leave --chart out: the chart of this spikectl is taken.',
    );
  });
  if (!found.isDirectory()) return;
  await stat(path.join(chart, 'Chart.yaml')).catch(() => {
    throw badDelivery(`--chart ${chart}: the folder holds no Chart.yaml.`, 'spikectl render helm --out DIR');
  });
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? 'there is no such file' : code === 'EACCES' ? 'it may not be read' : message;
}

async function writeChart(folder: string, files: RenderedChart): Promise<string> {
  for (const { path: file, content } of files) {
    const target = path.join(folder, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, content);
  }
  return folder;
}

async function filesOpenToOthers(files: readonly string[], texts: readonly string[]): Promise<string[]> {
  const open = files.map(async (file, index) => {
    const { mode } = await stat(file);
    return (mode & 0o077) !== 0 && secretsOfText(texts[index] ?? '').length > 0 ? [file] : [];
  });
  return (await Promise.all(open)).flat();
}
