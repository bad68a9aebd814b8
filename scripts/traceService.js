import { existsSync, lstatSync, mkdirSync, readdirSync, copyFileSync, rmSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeFileTrace } from '@vercel/nft';

/**
 * Copies what a built service really loads, and nothing else, into a folder from which it runs by itself: its own files,
 * those files of the packages that are reached from them, the licences of these packages, and what is read by name instead of
 * imported.
 *
 *     node scripts/traceService.js OUT           every service, each into OUT/<service>
 *     node scripts/traceService.js OUT user      some of them
 *
 * With SOURCE_DATE_EPOCH set every file bears that time, so that the same sources make the same image.
 */
const root = fileURLToPath(new URL('../', import.meta.url));

/** What no import leads to: read by name, or loaded by a name that is put together at run time. */
const redisScripts = 'dist/stores/redis/scripts';
const services = {
  user: { programs: ['main'], reads: [redisScripts, 'dist/web'] },
  spike: { programs: ['main'], reads: [redisScripts] },
  access: { programs: ['main'], reads: [redisScripts] },
  admin: { programs: ['main', 'prepare'], reads: [redisScripts] },
  order: { programs: ['main'], reads: [redisScripts] },
};
/** Sequelize asks for the driver by the dialect's name. */
const DATABASE_DRIVER = { for: 'sequelize', loads: 'mysql2/index.js' };
/** What packages try to load and do without: PostgreSQL for Sequelize, colours for mysql2. */
const WANTED_BY_NOBODY = ['pg-hstore', 'cardinal'];
/** Beside the service itself: what the image's health check runs. */
const HEALTH_CHECK = 'dist/http/checkHealth.js';
const ALWAYS = ['package.json', 'LICENSE'];
const LICENCE = /^(licen[cs]e|notice|copying)/i;

/** The services share most of what they load, so that each file is read once. */
const cache = {};

const [out, ...named] = process.argv.slice(2);
const unknown = named.filter((name) => !Object.hasOwn(services, name));
if (out === undefined || unknown.length > 0) {
  process.stderr.write(`Usage: node scripts/traceService.js OUT [${Object.keys(services).join('|')}]…\n`);
  process.exitCode = 2;
} else {
  for (const name of named.length > 0 ? named : Object.keys(services)) await traceService(name);
}

async function traceService(name) {
  const { programs, reads } = services[name];
  const entries = [...programs.map((program) => `dist/services/${name}/${program}.js`), HEALTH_CHECK];
  let files = await trace(entries);
  if (files.some((file) => file.startsWith(`node_modules/${DATABASE_DRIVER.for}/`)))
    files = await trace([...entries, `node_modules/${DATABASE_DRIVER.loads}`]);
  const all = new Set([...files, ...reads.flatMap(filesBelow), ...licences(files), ...ALWAYS]);
  const target = path.resolve(out, name);
  rmSync(target, { recursive: true, force: true });
  let bytes = 0;
  for (const file of [...all].sort()) bytes += copy(file, target);
  if (process.env.SOURCE_DATE_EPOCH) settle(target, Number(process.env.SOURCE_DATE_EPOCH));
  process.stdout.write(`${name}: ${all.size} files, ${(bytes / 1e6).toFixed(1)} MB\n`);
}

async function trace(entries) {
  for (const entry of entries)
    if (!existsSync(path.join(root, entry))) throw new Error(`${entry} is not there: run "npm run build".`);
  const absolute = entries.map((entry) => path.join(root, entry));
  const { fileList, warnings } = await nodeFileTrace(absolute, { base: root, processCwd: root, cache });
  for (const { message } of warnings)
    if (!WANTED_BY_NOBODY.some((name) => message.includes(`"${name}"`))) process.stderr.write(`${message}\n`);
  return [...fileList].filter((file) => !lstatSync(path.join(root, file)).isDirectory());
}

function filesBelow(folder) {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

/** Whoever passes on a package passes on its licence. */
function licences(files) {
  const packages = new Set(files.flatMap((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
  return [...packages].flatMap((folder) =>
    readdirSync(path.join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile() && LICENCE.test(entry.name))
      .map((entry) => path.join(folder, entry.name)),
  );
}

function copy(file, target) {
  const [from, to] = [path.join(root, file), path.join(target, file)];
  mkdirSync(path.dirname(to), { recursive: true });
  copyFileSync(from, to);
  return lstatSync(from).size;
}

/** Folders after what they hold, since that changes their time. */
function settle(entry, seconds) {
  if (lstatSync(entry).isDirectory()) for (const name of readdirSync(entry)) settle(path.join(entry, name), seconds);
  utimesSync(entry, seconds, seconds);
}
