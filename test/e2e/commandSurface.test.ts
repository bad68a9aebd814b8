import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { settings } from '../../src/config/settings.js';
import { findFreePort } from '../../src/daemon/findFreePort.js';
import { portSettings, processNames } from '../../src/daemon/services/processNames.js';
import { findKubeTools } from '../helpers/kubeTools.js';
import { tinyChart } from '../helpers/kube/openDeployHouse.js';
import { openKubeStandIn, type KubeStandIn } from '../helpers/kube/openKubeStandIn.js';
import { readManifest, type Manifest } from '../helpers/surface/manifest.js';
import { buyTwice, makeDeadLetter, mendDeadLetter } from '../helpers/surface/purchases.js';
import { fillIn, runs, type Run } from '../helpers/surface/runs.js';
import { joinShapes, shapeOf, type Shape } from '../helpers/surface/shapeOf.js';
import { createCli, type Cli } from '../helpers/runCli.js';

/**
 * What scripts rely on, kept as files: the commands with their arguments and flags, and the form of what each prints under
 * `--json`. A change to them is seen in review. `npm run surface` writes the files anew.
 */
const KEPT = fileURLToPath(new URL('../surface/', import.meta.url));
const isUpdate = process.env.UPDATE_SURFACE === '1';
const ALL_RUNS_MS = 600_000;

const manifest: Manifest = readManifest();
const names = Object.keys(manifest).map((id) => id.replaceAll(':', ' '));

describe('the commands', () => {
  test('with their arguments, flags and values are those that are kept', async () => {
    await compare('commands.json', commandSurface());
  });

  test('are each run by one line of test/helpers/surface/runs.ts', () => {
    expect([...new Set(runs.map(({ command }) => command))].sort()).toEqual([...names].sort());
  });
});

describe('what is printed under --json', () => {
  const shapes = new Map<string, Shape>();
  const failures = new Map<string, string>();
  let cli: Cli;
  let home: string;
  let kube: KubeStandIn;
  let env: Record<string, string>;

  beforeAll(async () => {
    cli = await createCli();
    home = await mkdtemp(path.join(tmpdir(), 'spike-surface-'));
    kube = await openKubeStandIn();
    const { helm, kubectl } = await findKubeTools();
    env = {
      SPIKE_HOME: path.join(home, 'home'),
      SPIKE_SPIKE_INSTANCES: '1',
      KUBECONFIG: kube.kubeconfig,
      SPIKE_HELM: helm,
      SPIKE_KUBECTL: kubectl,
    };
    for (const name of processNames) env[settings[portSettings[name]].env] = String(await findFreePort());
    const kept: Record<string, string> = { ingressUrl: `http://127.0.0.1:${env.SPIKE_INGRESS_PORT}`, chart: tinyChart };
    for (const run of runs) await note(run, kept);
  }, ALL_RUNS_MS);

  afterAll(async () => {
    await cli.run(['down', '--purge', '--yes'], { env });
    await kube.close();
    await cli.remove();
    await rm(home, { recursive: true, force: true });
  }, ALL_RUNS_MS);

  async function note(run: Run, kept: Record<string, string>): Promise<void> {
    const { command, codes = [0], keep } = run;
    try {
      await prepare(run, kept);
      const args = [...command.split(' '), ...fillIn(run.args, kept), '--json'];
      const [input] = fillIn([run.input ?? ''], kept);
      const done = await cli.run(args, { env, input: input! });
      if (!codes.includes(done.code ?? -1))
        throw new Error(`${args.join(' ')} ended with ${done.code}: ${done.stdout}`);
      const document: Record<string, unknown> = done.json();
      if (keep !== undefined) kept[keep.as] = String(document[keep.field ?? 'id']);
      const [shape, before] = [shapeOf(document), shapes.get(command)];
      shapes.set(command, before === undefined ? shape : joinShapes(before, shape));
    } catch (error) {
      failures.set(command, (error as Error).message);
    }
  }

  /** What no command does: read the passwords that `up` made, and buy. */
  async function prepare({ command, after }: Run, kept: Record<string, string>): Promise<void> {
    if (command === 'login') {
      const file = path.join(env.SPIKE_HOME!, 'credentials.json');
      kept.adminPassword = JSON.parse(await readFile(file, 'utf8')).admin.password;
    }
    const sale = { url: kept.ingressUrl!, home: env.SPIKE_HOME! };
    if (after === 'purchases') Object.assign(kept, await buyTwice(sale, kept.event!));
    if (after === 'deadLetter') await makeDeadLetter(sale, kept.deadEvent!);
    if (after === 'mended') await mendDeadLetter(sale, kept.deadEvent!);
  }

  test.each(names)('of %s has the kept form', async (name) => {
    expect(failures.get(name)).toBeUndefined();
    await compare(path.join('json', `${name.replaceAll(' ', '-')}.json`), shapes.get(name));
  });

  test('is kept of no command that is gone', async () => {
    const files = (await readdir(path.join(KEPT, 'json'))).map((file) => file.replace(/\.json$/, ''));
    const gone = files.filter((file) => !names.some((name) => name.replaceAll(' ', '-') === file));
    if (isUpdate) for (const file of gone) await rm(path.join(KEPT, 'json', `${file}.json`));
    else expect(gone).toEqual([]);
  });
});

/** The parts of the manifest that somebody can type, without the words that explain them. */
function commandSurface(): object {
  return Object.fromEntries(
    Object.entries(manifest)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, { aliases, args, flags }]) => [
        id.replaceAll(':', ' '),
        {
          ...(aliases.length === 0 ? {} : { aliases }),
          args: Object.values(args).map(({ name, required, options }) => ({
            name,
            required: required === true,
            ...(options === undefined ? {} : { options }),
          })),
          flags: Object.fromEntries(
            Object.values(flags)
              .sort((a, b) => (a.name < b.name ? -1 : 1))
              .map(({ name, type, char, options, required, multiple, default: usual, env }) => [
                name,
                { type, char, options, required, multiple: multiple === true ? true : undefined, default: usual, env },
              ]),
          ),
        },
      ]),
  );
}

/**
 * What was found must be what is kept. A form fits also when it tells less: which alerts there are, say, changes from run to run, and a
 * list that happens to be empty does not say what would be in it.
 */
async function compare(file: string, found: unknown): Promise<void> {
  const target = path.join(KEPT, file);
  if (isUpdate) {
    // What tells less than the kept form does not replace it.
    const kept = await readFile(target, 'utf8').catch(() => undefined);
    if (file.startsWith('json') && kept !== undefined && fits(JSON.parse(kept) as Shape, found)) return;
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, `${JSON.stringify(found, null, 2)}\n`);
    return;
  }
  const kept = await readFile(target, 'utf8').catch(() => {
    throw new Error(`test/surface/${file} is missing. If this is wanted: npm run surface`);
  });
  // Compared as JSON: what is undefined is not written.
  const [now, before] = [JSON.parse(JSON.stringify(found)) as Shape, JSON.parse(kept) as Shape];
  expect(file.startsWith('json') ? joinShapes(before, now) : now).toEqual(before);
}

function fits(kept: Shape, found: unknown): boolean {
  return isDeepStrictEqual(joinShapes(kept, JSON.parse(JSON.stringify(found)) as Shape), kept);
}
