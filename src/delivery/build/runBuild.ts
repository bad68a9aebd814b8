import type { ConfigSources } from '../../config/loadConfig.js';
import { collectRenderValues } from '../render/collectRenderValues.js';
import { renderAssets, type RenderedFile } from '../render/renderAssets.js';
import type { BuilderName } from './builder.js';
import { buildImages, type BuiltImage, type Step } from './buildImages.js';
import { findBuilder } from './findBuilder.js';
import { packageChart } from './packageChart.js';
import type { BuildPlan } from './planBuild.js';

export interface BuildResult {
  images: BuiltImage[];
  /** Path of the package; null when no chart was built. */
  chart: string | null;
  tag: string;
  builder: BuilderName | null;
}

/**
 * Builds what was planned: the images, which are pushed when all are there, then the chart. A fault in what is rendered ends
 * it before anything is built.
 *
 * @param options.named the builder to take; the first that works when undefined
 * @throws DeliveryError; AbortError when `signal` was aborted, after the builder has ended and its files are gone
 */
export async function runBuild(options: {
  plan: BuildPlan;
  named: BuilderName | undefined;
  chartFolder: string;
  sources: ConfigSources;
  signal: AbortSignal;
  say(text: string): void;
  runSteps(steps: readonly Step[]): Promise<void>;
}): Promise<BuildResult> {
  const { plan, sources, signal, runSteps } = options;
  const render = (kind: 'docker' | 'helm') => renderFor(plan, kind, sources);
  const chartFiles = plan.chartVersion === null ? [] : await render('helm');
  const files = plan.images.length === 0 ? undefined : await render('docker');
  const found = files === undefined ? undefined : await findBuilder({ named: options.named, signal });
  for (const reason of found?.passedOver ?? []) options.say(`Not built with ${reason}.`);
  const images =
    files === undefined || found === undefined
      ? []
      : await buildImages({ plan, builder: found.builder, files, environment: process.env, signal, runSteps });
  const chart =
    plan.chartVersion === null
      ? null
      : await packageChart({ files: chartFiles, version: plan.chartVersion, folder: options.chartFolder });
  return { images, chart, tag: plan.tag, builder: found?.builder.name ?? null };
}

async function renderFor(
  { registry, tag, nodeImage }: BuildPlan,
  kind: 'docker' | 'helm',
  sources: ConfigSources,
): Promise<RenderedFile[]> {
  const place = registry === undefined ? undefined : [registry.host, registry.path].filter(Boolean).join('/');
  return renderAssets(kind, await collectRenderValues(kind, { registry: place, tag, nodeImage }, sources));
}
