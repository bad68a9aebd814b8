import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { badDelivery } from '../deliveryError.js';
import { runProgram } from '../programs/runProgram.js';

export interface SourceRevision {
  /** The whole commit id. */
  commit: string;
  committedAtSeconds: number;
  /** Whether files differ from the commit. */
  isDirty: boolean;
  /** Where the clone comes from, as a page's address without a login; undefined when that cannot be told. */
  origin: string | undefined;
}

/** How much of a commit id goes into a tag: unique for as long as a repository is of human size. */
const SHORT_COMMIT_CHARACTERS = 12;

/**
 * The version of a clone.
 *
 * @throws DeliveryError when the folder is no clone: images are built from the sources, which an installed package lacks
 */
export async function sourceVersion(folder: string): Promise<string> {
  const version = await readVersion(folder);
  if (version !== undefined) return version;
  throw badDelivery(
    `${folder} does not hold the sources of the services: images are built from a clone.`,
    'Run it in a clone, or name one: --source FOLDER',
  );
}

async function readVersion(folder: string): Promise<string | undefined> {
  try {
    const { name, version } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
      name?: unknown;
      version?: unknown;
    };
    await readFile(path.join(folder, 'package-lock.json'));
    await readFile(path.join(folder, 'tsconfig.build.json'));
    return name === 'spikectl' && typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}

/** The commit of a clone; undefined where git does not tell. */
export async function sourceRevision(folder: string, signal?: AbortSignal): Promise<SourceRevision | undefined> {
  const git = async (...args: string[]) => {
    const end = await runProgram({ file: 'git', args: ['-C', folder, ...args], ...(signal && { signal }) });
    return end.code === 0 ? end.stdout.trim() : undefined;
  };
  const head = await git('log', '-1', '--format=%H %ct');
  const changes = await git('status', '--porcelain', '--', '.');
  const [commit, seconds] = head?.split(' ') ?? [];
  if (commit === undefined || seconds === undefined || changes === undefined) return undefined;
  const origin = pageOf((await git('config', '--get', 'remote.origin.url')) ?? '');
  return { commit, committedAtSeconds: Number(seconds), isDirty: changes !== '', origin };
}

/** `git@example.com:shop/spike.git` and `https://token@example.com/shop/spike.git` are both `https://example.com/shop/spike`. */
export function pageOf(remote: string): string | undefined {
  const [, host, folder] = /^(?:ssh:\/\/)?(?:[\w.-]+@)([\w.-]+)(?::(?!\d+\/)|(?::\d+)?\/)(.+)$/.exec(remote) ?? [];
  const text = host === undefined ? remote : `https://${host}/${folder}`;
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return undefined;
  const { protocol, host: place, pathname } = new URL(text);
  return `${protocol}//${place}${pathname.replace(/(\.git)?\/?$/, '')}`;
}

/** `0.2.0-g7bcd52c86d20`, with `-dirty` when files differ from the commit: a tag that names what is in the image. */
export function defaultTag(version: string, revision: SourceRevision | undefined): string {
  // What a version may hold and a tag may not.
  const base = version.replaceAll('+', '_');
  if (revision === undefined) return base;
  const commit = `g${revision.commit.slice(0, SHORT_COMMIT_CHARACTERS)}`;
  return [base, commit, ...(revision.isDirty ? ['dirty'] : [])].join('-');
}
