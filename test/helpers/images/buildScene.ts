import { mkdir, readFile, readdir, readlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runTool } from './runTool.js';

/**
 * npm's settings for a build: where this machine has its packages from, and what it trusts.
 *
 * @param token of a registry that nobody asks: what must be in no image
 */
export async function npmSettings(token: string): Promise<string> {
  const registry = (await runTool('npm', ['config', 'get', 'registry'])).trim();
  const lines = [
    `registry=${registry}`,
    'cafile=/etc/ssl/certs/ca-certificates.crt',
    `//registry.invalid/:_authToken=${token}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** Sources whose lock file is none: npm refuses them at once. @returns their folder */
export async function brokenClone(folder: string): Promise<string> {
  const source = path.join(folder, 'broken');
  await mkdir(source);
  await writeFile(path.join(source, 'package.json'), JSON.stringify({ name: 'spikectl', version: '1.0.0' }));
  await writeFile(path.join(source, 'package-lock.json'), '{');
  for (const name of ['LICENSE', 'tsconfig.json', 'tsconfig.build.json']) await writeFile(path.join(source, name), '');
  for (const name of ['scripts', 'src', 'web']) await mkdir(path.join(source, name));
  return source;
}

/** Whether a program runs inside a container whose root lies in this folder, as the steps of a build with chroot do. */
export async function isStepAtWork(folder: string): Promise<boolean> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const roots = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/root`).catch(() => '/')));
  return roots.some((root) => root.startsWith(`${folder}/`));
}

/** The pids of processes that work on the storage in this folder. */
export async function buildersAtWork(folder: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const known = await Promise.all(
    pids.map(async (pid) => ({ pid, text: await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '') })),
  );
  return known.filter(({ text }) => text.includes(`CONTAINERS_STORAGE_CONF=${folder}/`)).map(({ pid }) => pid);
}
