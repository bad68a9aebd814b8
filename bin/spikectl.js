#!/usr/bin/env node
import { existsSync } from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { newerPinnedNode, nodeFloorProblem, root, runInPlace } from './runtime.js';

const EXIT_USAGE = 2;

/** What only prints takes less time here than the other Node takes to start. */
const ONLY_PRINTS = ['--help', '--version', 'help', 'version', 'completion', '__complete'];

const problem = nodeFloorProblem();
const pinned = onlyPrints(process.argv.slice(2)) && problem === undefined ? undefined : newerPinnedNode();
const built = path.join(root, 'dist', 'cli', 'main.js');
if (pinned !== undefined) {
  process.exitCode = await runInPlace(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)]);
} else if (problem !== undefined) {
  process.stderr.write(`${problem}\n`);
  process.exitCode = EXIT_USAGE;
} else if (!existsSync(built)) {
  process.stderr.write('spikectl is not built yet. Try: npm start (installs, builds and starts) or npm run build\n');
  process.exitCode = EXIT_USAGE;
} else {
  // What was compiled once is not compiled again: a fifth less for every command. Where it cannot be kept, nothing is.
  module.enableCompileCache?.(path.join(root, 'node_modules', '.cache', 'spikectl'));
  const { main } = await import(built);
  await main(process.argv.slice(2), root);
}

function onlyPrints(args) {
  return args.includes('--help') || ONLY_PRINTS.includes(args[0]);
}
