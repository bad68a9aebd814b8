import { existsSync } from 'node:fs';
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

/** What images are made from, and an installed package lacks. */
const SOURCES = ['package-lock.json', 'tsconfig.build.json'];

/**
 * The version of a clone, or of an installed package where that is enough: a chart is made from templates, which both have.
 *
 * @throws DeliveryError when the folder holds neither, or no clone where one is needed
 */
export async function sourceVersion(folder: string, { isCloneNeeded }: { isCloneNeeded: boolean }): Promise<string> {
  const version = await readVersion(folder);
  const hasSources = SOURCES.every((name) => existsSync(path.join(folder, name)));
  if (version !== undefined && (hasSources || !isCloneNeeded)) return version;
  throw badDelivery(
    `${folder} does not hold the sources of the services${isCloneNeeded ? ': images are built from a clone' : ''}.`,
    'Run it in a clone, or name one: --source FOLDER',
  );
}

async function readVersion(folder: string): Promise<string | undefined> {
  try {
    const described = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
    return described.name === 'spikectl' && typeof described.version === 'string' ? described.version : undefined;
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
