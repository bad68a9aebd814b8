import { createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { runProgram } from '../programs/runProgram.js';
import type { RenderedFile } from '../render/renderAssets.js';
import type { Builder } from './builder.js';
import { buildFailure } from './buildFailure.js';
import { buildArgs, digestInOutput, pushArgs } from './builderCommands.js';
import type { BuildPlan } from './planBuild.js';
import { pushFailure } from './pushFailure.js';
import { writeLogin } from './writeLogin.js';
import { withBuildFolder, type BuildFolder } from './withBuildFolder.js';

export interface BuiltImage {
  service: string;
  reference: string;
  id: string;
  /** What the registry names it by; null when it was not pushed. */
  digest: string | null;
}

/** One thing that takes time; whoever runs it shows title and progress. */
export interface Step {
  title: string;
  /** `say` tells what it is at; the text that is returned replaces the title when it is done. */
  run(say: (text: string) => void): Promise<string | void>;
}

/** Lines of a failed build that say why; the first of them are mostly the step's own output. */
const SHOWN_LINES = 40;

/**
 * Builds the images one after the other, so that the stages they share are built once and then taken from the builder's
 * cache, and pushes them when all are built: a registry never holds a part of a build that failed.
 *
 * @throws DeliveryError with the end of the log for a build that failed, with what was pushed for a push that failed
 */
export function buildImages(options: {
  plan: BuildPlan;
  builder: Builder;
  /** The Dockerfile, and beside it what the builder does not get to see. */
  files: readonly RenderedFile[];
  environment: NodeJS.ProcessEnv;
  signal: AbortSignal;
  runSteps(steps: readonly Step[]): Promise<void>;
}): Promise<BuiltImage[]> {
  const { plan } = options;
  return withBuildFolder(async (folder) => {
    const dockerfile = folder.file('Dockerfile');
    for (const { path, content } of options.files) await writeFile(folder.file(path), content);
    const login = await writeLoginOf(options, folder);
    const env = readsFromRegistry(plan) ? login : {};
    const built: BuiltImage[] = [];
    const builds = plan.images.map(({ service, reference }) => ({
      title: `Building ${reference}`,
      async run(say: (text: string) => void) {
        const image = { service, reference, dockerfile, idFile: folder.file(`${service}.id`) };
        built.push({ service, reference, id: await buildOne({ ...options, env, folder, image, say }), digest: null });
        return `Built ${reference}`;
      },
    }));
    await options.runSteps(builds);
    if (plan.push) await pushAll({ ...options, env: login, folder, built });
    return built;
  });
}

/** Before anything is built, so that half a login is refused at once. */
async function writeLoginOf(
  { plan, builder, environment }: { plan: BuildPlan; builder: Builder; environment: NodeJS.ProcessEnv },
  folder: BuildFolder,
): Promise<Record<string, string>> {
  const { registry } = plan;
  if (registry === undefined || !(plan.push || readsFromRegistry(plan))) return {};
  return writeLogin({ builder: builder.name, registry, environment, folder: folder.file('login') });
}

/** Whether base image or layers are in the registry that the images are for, which then wants the same login. */
function readsFromRegistry({ registry, nodeImage, cacheFrom, cacheTo }: BuildPlan): boolean {
  const references = [...cacheFrom, ...cacheTo, ...(nodeImage === undefined ? [] : [nodeImage])];
  return registry !== undefined && references.some((reference) => reference.includes(`${registry.host}/`));
}

interface Build {
  plan: BuildPlan;
  builder: Builder;
  env: Record<string, string>;
  signal: AbortSignal;
  folder: BuildFolder;
  image: Pick<BuildPlan['images'][number], 'service' | 'reference'> & { dockerfile: string; idFile: string };
  say(text: string): void;
}

async function buildOne({ plan, builder, env, signal, folder, image, say }: Build): Promise<string> {
  const name = `${image.service}.log`;
  const log = createWriteStream(folder.file(name));
  const last: string[] = [];
  const end = await runProgram({
    file: builder.file,
    args: buildArgs(builder.name, { ...plan, ...image }),
    env,
    signal,
    onLine(line) {
      log.write(`${line}\n`);
      if (line.trim() === '') return;
      last.push(line);
      if (last.length > SHOWN_LINES) last.shift();
      say(`${image.service}: ${line.trim()}`);
    },
  }).finally(async () => {
    log.end();
    await finished(log);
  });
  if (end.code === 0) return (await readFile(image.idFile, 'utf8')).trim();
  throw buildFailure({
    builder: builder.name,
    reference: image.reference,
    code: end.code,
    last,
    log: await folder.keep(name),
  });
}

interface Pushes {
  plan: BuildPlan;
  builder: Builder;
  env: Record<string, string>;
  signal: AbortSignal;
  folder: BuildFolder;
  built: BuiltImage[];
  runSteps(steps: readonly Step[]): Promise<void>;
}

async function pushAll({ plan, builder, env, signal, folder, built, runSteps }: Pushes): Promise<void> {
  const registry = plan.registry!;
  const pushes = built.map((image) => ({
    title: `Pushing ${image.reference}`,
    async run(say: (text: string) => void) {
      const digestFile = folder.file(`${image.service}.digest`);
      const { reference } = image;
      const push = { reference, digestFile, isList: plan.platforms.length > 1, insecure: plan.insecure };
      const end = await runProgram({
        file: builder.file,
        args: pushArgs(builder.name, push),
        env,
        signal,
        onLine: (line) => say(`${image.service}: ${line.trim()}`),
      });
      const output = `${end.stdout}\n${end.stderr}`;
      const pushed = built.filter(({ digest }) => digest !== null).map((each) => each.reference);
      if (end.code !== 0) throw pushFailure({ builder: builder.name, registry, reference, output, pushed });
      image.digest = builder.name === 'docker' ? requireDigest(output, reference) : await readText(digestFile);
      return `Pushed ${reference}@${image.digest}`;
    },
  }));
  await runSteps(pushes);
}

function requireDigest(output: string, reference: string): string {
  const digest = digestInOutput(output);
  if (digest === undefined) throw new Error(`docker pushed ${reference} and named no digest:\n${output}`);
  return digest;
}

async function readText(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).trim();
}
