import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findPinnedNode, nodeFloorProblem, root, runInPlace } from './runtime.js';
import { isBuildFresh } from '../scripts/sourceHash.js';

/**
 * What `npm start`, `npm test`, `npm run check` and `npm run bench` run in a clone: makes sure that the packages are installed and the
 * sources built, then hands over. Needs nothing but Node and npm, so it may import no package.
 */
const HEARTBEAT_MS = 10_000;
const EXIT_USAGE = 2;

const tasks = { start, test, check, bench };

const [name, ...args] = process.argv.slice(2);
const problem = nodeFloorProblem();
if (problem !== undefined) {
  say(problem);
  process.exitCode = EXIT_USAGE;
} else if (!Object.hasOwn(tasks, name)) {
  say(`Usage: node bin/bootstrap.js ${Object.keys(tasks).join('|')} [arguments]`);
  process.exitCode = EXIT_USAGE;
} else {
  process.chdir(root);
  process.exitCode = (await installPackages()) || (await build()) || (await tasks[name](args));
}

function start(args) {
  return runInPlace(node(), ['bin/spikectl.js', 'up', '--demo', '--yes', ...args]);
}

async function test(args) {
  const browser = usesBrowser(path.join(root, 'test')) ? ['browser'] : [];
  await installMissing([
    'nginx',
    'prometheus',
    'zsh',
    ...browser,
    ...(canBuildImages() ? ['buildah', 'debootstrap', 'registry'] : []),
  ]);
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
  return runInPlace(node(), [...jest, ...args]);
}

function check(args) {
  return runInPlace(node(), ['scripts/check.js', ...args]);
}

async function bench(args) {
  await installMissing(['wrk']);
  return runInPlace(node(), ['--import', './test/helpers/runSources.js', 'bench/run.ts', ...args]);
}

async function installPackages() {
  if (arePackagesInstalled()) return 0;
  say('Installing the npm packages (npm ci) …');
  const since = performance.now();
  const heartbeat = setInterval(() => say(`  still installing (${seconds(since)})`), HEARTBEAT_MS);
  const [file, ...npm] = npmCommand();
  try {
    // Development packages too, whatever NODE_ENV says: the pinned Node and the compiler are among them.
    const code = await runInPlace(file, [...npm, 'ci', '--include=dev'], { PATH: pathOutsideClone() });
    if (code === 0) say(`Installed the npm packages in ${seconds(since)}.`);
    else
      say('npm ci failed; its reason is above. Check the network and the registry that npm is set to, then try again.');
    return code;
  } finally {
    clearInterval(heartbeat);
  }
}

/** Whether every package of the lock file that this platform needs is there in the locked version. */
function arePackagesInstalled() {
  const installedFile = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  const locked = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(locked).every(
    ([folder, entry]) =>
      folder === '' || entry.optional === true || entry.link === true || installed[folder]?.version === entry.version,
  );
}

/** The npm that runs us, if one does, under the Node it came with: `npm ci` replaces the clone's own Node. */
function npmCommand() {
  const { npm_execpath: npm, npm_node_execpath: npmNode } = process.env;
  if (npm !== undefined && npm.endsWith('.js') && existsSync(npm)) {
    const inClone = npmNode === undefined || npmNode.startsWith(root) || !existsSync(npmNode);
    return [inClone ? 'node' : npmNode, npm];
  }
  return ['npm'];
}

function pathOutsideClone() {
  const usual = ['/usr/local/bin', '/usr/bin', '/bin', '/usr/sbin', '/sbin', '/opt/homebrew/bin'];
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), ...usual];
  const outside = folders.filter((folder) => folder !== '' && !folder.startsWith(root));
  return [...new Set(outside)].join(path.delimiter);
}

async function build() {
  if (isBuildFresh(root)) return 0;
  say('Building …');
  const since = performance.now();
  const code = await runInPlace(node(), ['scripts/build.js']);
  say(code === 0 ? `Built in ${seconds(since)}.` : 'The build failed; its reason is above.');
  return code;
}

/** The servers that tests and benchmarks start privately, and their tools. None is started as a service of the machine. */
async function installMissing(tools) {
  const { installMissing: install } = await import('../dist/daemon/middleware/installMissing.js');
  await install({ tools, report: ({ message }) => say(message) });
}

function usesBrowser(folder) {
  return readdirSync(folder, { withFileTypes: true }).some((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return usesBrowser(file);
    return /\.test\.tsx?$/.test(entry.name) && readFileSync(file, 'utf8').includes('playwright-core');
  });
}

/** The images' tests make a base image of Debian's packages, which takes root; elsewhere they say that they are skipped. */
function canBuildImages() {
  return process.platform === 'linux' && process.getuid() === 0 && existsSync('/usr/bin/apt-get');
}

/** The pinned Node; where it could not be installed, this one. */
function node() {
  const pinned = findPinnedNode();
  const works = pinned !== undefined && spawnSync(pinned, ['--version']).status === 0;
  return works ? pinned : process.execPath;
}

function seconds(since) {
  return `${((performance.now() - since) / 1_000).toFixed(0)} s`;
}

function say(text) {
  process.stderr.write(`${text}\n`);
}
