import type { BuilderName } from './builder.js';
import { buildArgs, pushArgs } from './builderCommands.js';
import { chartFile } from './packageChart.js';
import type { BuildPlan } from './planBuild.js';

/** Stands for the temporary folder until words are quoted; a shell would not expand a quoted variable. */
const FOLDER = '%DIR%';

/** The commands that a build runs, as a script that a shell takes line by line; empty for a chart, which no program packs. */
export function buildScript(plan: BuildPlan, builder: BuilderName): string[] {
  if (plan.images.length === 0) return [];
  const builds = plan.images.map((image) => {
    const files = { dockerfile: `${FOLDER}/Dockerfile`, idFile: `${FOLDER}/${image.service}.id` };
    return [builder, ...buildArgs(builder, { ...plan, ...image, ...files })];
  });
  const pushes = plan.images.map(({ service, reference }) => {
    const digestFile = `${FOLDER}/${service}.digest`;
    const push = { reference, digestFile, isList: plan.platforms.length > 1, insecure: plan.insecure };
    return [builder, ...pushArgs(builder, push)];
  });
  const base = plan.nodeImage === undefined ? [] : ['--node-image', plan.nodeImage];
  const render = ['spikectl', 'render', 'docker', '--out', FOLDER, ...base];
  return ['DIR=$(mktemp -d)', ...[render, ...builds, ...(plan.push ? pushes : [])].map(shellLine)];
}

/** Where the chart will be; null when none is built. */
export function plannedChart(plan: BuildPlan, folder: string): string | null {
  return plan.chartVersion === null ? null : chartFile(folder, plan.chartVersion);
}

function shellLine(words: readonly string[]): string {
  return words.map(shellWord).join(' ').replaceAll(FOLDER, '$DIR');
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
