import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { collectRenderValues } from '../../../src/delivery/render/collectRenderValues.js';
import { renderAssets } from '../../../src/delivery/render/renderAssets.js';
import { runHelm, type HelmRun } from '../kubeTools.js';
import type { Manifest } from './manifest.js';

export interface TemplateOptions {
  release?: string;
  namespace?: string;
  args?: readonly string[];
}

/** What helm made of the chart with some values. */
export interface Release {
  manifests: Manifest[];
  text: string;
  /** The Secret that an installation would make, as the rendering without a cluster names it. */
  madeSecret: string | undefined;
}

/** The chart as `spikectl render helm` writes it, in a folder of its own. */
export interface Chart {
  folder: string;
  /** `helm template` with these values, which must be right. */
  template(values: object, options?: TemplateOptions): Promise<Release>;
  /** The same with values that may be wrong. */
  tryTemplate(values: object, options?: TemplateOptions): Promise<HelmRun>;
  /** The values of one of the chart's examples. */
  example(name: string): Promise<object>;
  close(): Promise<void>;
}

export async function openChart(): Promise<Chart> {
  const root = await mkdtemp(path.join(tmpdir(), 'spike-chart-test-'));
  const folder = path.join(root, 'spike-chart');
  const values = await collectRenderValues('helm', {}, {});
  for (const { path: file, content } of await renderAssets('helm', values)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), content);
  }
  let files = 0;
  const tryTemplate: Chart['tryTemplate'] = async (
    given,
    { release = 'spike', namespace = 'shop', args = [] } = {},
  ) => {
    const file = path.join(root, `values-${(files += 1)}.json`);
    await writeFile(file, JSON.stringify(given));
    return runHelm(['template', release, folder, '--namespace', namespace, '--values', file, ...args]);
  };
  return {
    folder,
    tryTemplate,
    async template(given, options) {
      const { code, stdout, stderr } = await tryTemplate(given, options);
      if (code !== 0) throw new Error(`helm template ended with ${code}: ${stderr}`);
      return readRelease(stdout);
    },
    example: async (name) => parse(await readFile(path.join(folder, 'examples', `${name}.yaml`), 'utf8')) as object,
    close: () => rm(root, { recursive: true, force: true }),
  };
}

function readRelease(text: string): Release {
  const documents = parseAllDocuments(text, { uniqueKeys: true });
  for (const { errors } of documents) if (errors.length > 0) throw errors[0]!;
  const manifests = documents.map((document) => document.toJS() as Manifest | null).filter((each) => each !== null);
  return { manifests, text, madeSecret: /^# The Secret (\S+) is made/m.exec(text)?.[1] };
}
