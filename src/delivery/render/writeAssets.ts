import path from 'node:path';
import { DeliveryError } from '../deliveryError.js';
import { describeDifference } from './describeDifference.js';
import { inspectTarget } from './inspectTarget.js';
import { replaceFiles, type WantedFile } from './replaceFiles.js';

export interface WrittenFile {
  path: string;
  state: 'created' | 'changed' | 'unchanged';
  bytes: number;
}

/** A file that stands there with other content, in the form of `diff -u`. */
export interface Difference {
  path: string;
  text: string;
}

/**
 * Writes the files below the folder: all of them or none. Each is written beside its place first and then moved there, so that
 * an error or Ctrl-C leaves what was; other files of the folder are not touched. Without `force` nothing is written where
 * a file would change.
 *
 * @param onDifference told of each file that would change, before anything is written
 * @throws DeliveryError when files differ and `force` is not set, when something that is no file stands in the way, and when
 *   the file system refuses
 */
export async function writeAssets(options: {
  kind: string;
  folder: string;
  files: readonly WantedFile[];
  force: boolean;
  dryRun: boolean;
  signal: AbortSignal;
  onDifference(difference: Difference): void;
}): Promise<WrittenFile[]> {
  const { folder, files, force, dryRun, signal } = options;
  const planned = await Promise.all(files.map(async (file) => plan(folder, file)));
  const changed = planned.filter(({ state }) => state === 'changed');
  for (const { wanted, present } of changed)
    options.onDifference({ path: wanted.path, text: describeDifference(wanted.path, present!, wanted.content) });
  if (changed.length > 0 && !force && !dryRun) throw filesDiffer(options.kind, folder, changed.length);
  if (!dryRun) {
    const pending = planned.filter(({ state }) => state !== 'unchanged').map(({ wanted }) => wanted);
    await replaceFiles({ folder, files: pending, signal }).catch((error: unknown) => {
      throw notWritable(folder, error);
    });
  }
  return planned.map(({ wanted, present, state }) => ({
    path: wanted.path,
    state,
    bytes: wanted.isKept && present !== undefined ? present.length : Buffer.byteLength(wanted.content),
  }));
}

interface Planned {
  wanted: WantedFile;
  present: Buffer | undefined;
  state: WrittenFile['state'];
}

async function plan(folder: string, wanted: WantedFile): Promise<Planned> {
  const present = await inspectTarget(folder, wanted.path);
  if (present === undefined) return { wanted, present, state: 'created' };
  const isSame = wanted.isKept === true || present.equals(Buffer.from(wanted.content));
  return { wanted, present, state: isSame ? 'unchanged' : 'changed' };
}

/** What the file system refused is the operator's to mend; anything else stays what it is. */
function notWritable(folder: string, error: unknown): unknown {
  const { syscall, message } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return error;
  return new DeliveryError('NOT_WRITABLE', `${folder} cannot be written to: ${message}. Nothing was changed.`, {
    suggestions: ['See who may write there and how much room is left, or name another folder with --out.'],
    cause: error,
  });
}

function filesDiffer(kind: string, folder: string, count: number): DeliveryError {
  const [files, them] = count === 1 ? ['1 file differs', 'it'] : [`${count} files differ`, 'them'];
  return new DeliveryError(
    'FILES_DIFFER',
    `${files} in ${folder} from what would be written; nothing was changed. Somebody edited ${them}, or ${them === 'it' ? 'it was' : 'they were'} rendered with other values.`,
    {
      suggestions: [
        `To overwrite ${them}: the same command with --force`,
        `To keep ${them}: spikectl render ${kind} --out ${path.join(path.dirname(folder), `${path.basename(path.resolve(folder))}-new`)}`,
      ],
    },
  );
}
