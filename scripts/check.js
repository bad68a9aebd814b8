import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * Everything about the repository that can be judged without running it. `npm run check` calls this after it has made sure
 * that the packages are installed and the sources are built. All steps run, also when one has failed; ends with 1 then.
 *
 *     npm run check                    all steps
 *     npm run check -- lint types      some of them
 *     npm run check -- --outputFile F  also writes { "passed": [names], "failed": [names] } to F
 */
const root = fileURLToPath(new URL('../', import.meta.url));

/** Two at a time nearly halve the time; more would only want more memory (lint and types take about 1 GB each). */
const PARALLEL_MAX = 2;

const EXIT_USAGE = 2;

/** Where compiler and formatter note what they have seen; gone with the next `npm ci`. */
const CACHE = 'node_modules/.cache/check';
const prettierCache = ['--cache', '--cache-strategy=content', `--cache-location=${CACHE}/prettier`];

/** The slowest first, so that the short ones run beside it. */
const steps = [
  {
    name: 'lint',
    run: ['node_modules/eslint/bin/eslint.js', '.'],
    mend: '`npx eslint --fix FILE` mends what has only one answer. The rules and their reasons: eslint.config.js',
  },
  {
    name: 'types',
    run: compile('.'),
    mend: 'the lines above say where. Sources, tests and benchmarks: tsconfig.json',
  },
  {
    name: 'page-types',
    run: compile('web'),
    mend: 'the lines above say where. The page knows the browser instead of Node: web/tsconfig.json',
  },
  {
    name: 'format',
    run: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', ...prettierCache, '.'],
    mend: 'npm run format',
  },
  {
    name: 'layers',
    run: ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', '--output-type=err-long', ...imported()],
    mend: 'move what is imported to where both may reach it. Who may import whom: .dependency-cruiser.js',
  },
  {
    name: 'unused',
    run: ['node_modules/knip/bin/knip.js', '--no-progress', '--treat-config-hints-as-errors'],
    mend: 'delete it, or only its `export`. A new program is entered in knip.json',
  },
  {
    name: 'generated-pages',
    run: ['scripts/generateDocs.js', '--check'],
    mend: 'npm run docs, then look at what changed and commit it',
  },
  {
    name: 'tidy',
    run: ['scripts/check/tidy.js'],
    mend: 'the lines above say what; the limits are in scripts/check/tidy.js',
  },
];

const { values, positionals } = parseArgs({ options: { outputFile: { type: 'string' } }, allowPositionals: true });
const names = steps.map(({ name }) => name);
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  say(`There is no step ${unknown.join(', ')}. The steps are: ${names.join(', ')}`);
  process.exitCode = EXIT_USAGE;
} else {
  await check(positionals.length === 0 ? steps : steps.filter(({ name }) => positionals.includes(name)));
}

async function check(chosen) {
  const since = performance.now();
  const failed = await runAll(chosen);
  const passed = chosen.map(({ name }) => name).filter((name) => !failed.includes(name));
  if (values.outputFile !== undefined) writeFileSync(values.outputFile, JSON.stringify({ passed, failed }));
  say(
    failed.length === 0
      ? `All ${passed.length} checks passed in ${seconds(since)}.`
      : `${failed.length} of ${chosen.length} checks failed: ${failed.join(', ')}. Run one again: npm run check -- ${failed[0]}`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
}

/** @returns the names of the steps that failed */
async function runAll(chosen) {
  const waiting = [...chosen];
  const failed = [];
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      if (!(await runStep(step))) failed.push(step.name);
    }
  };
  await Promise.all(Array.from({ length: Math.min(PARALLEL_MAX, availableParallelism()) }, work));
  return failed;
}

/** What a step prints is shown only when it fails, in one piece. */
function runStep({ name, run, mend }) {
  const since = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, run, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) say(`  passed  ${name} (${seconds(since)})`);
      else say(`\n  FAILED  ${name} (${seconds(since)})\n\n${output.trim()}\n\n  To mend it: ${mend}\n`);
      resolve(code === 0);
    });
  });
}

/** What has not changed since the last run is not compiled again. */
function compile(project) {
  const notes = `${CACHE}/${project.replace('.', 'root')}.tsbuildinfo`;
  return ['node_modules/typescript/bin/tsc', '--project', project, '--incremental', '--tsBuildInfoFile', notes];
}

function imported() {
  return ['src', 'web/src', 'web/staff', 'bench', 'test', 'bin', 'scripts'].filter((folder) =>
    existsSync(path.join(root, folder)),
  );
}

function seconds(since) {
  return `${((performance.now() - since) / 1_000).toFixed(1)} s`;
}

function say(text) {
  process.stdout.write(`${text}\n`);
}
