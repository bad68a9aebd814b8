import { chmod, mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { create } from 'tar';
import { parseDocument } from 'yaml';
import { DeliveryError } from '../deliveryError.js';

/** A file of the chart, with `/` in its path on every platform. */
interface ChartFile {
  path: string;
  content: string;
}

/** The same for every file, so that the same chart is the same bytes; zip tools know no earlier time. */
const PACKED_AT = new Date('1980-01-01T00:00:00Z');

const FILE_MODE = 0o644;

const CHART_FILE = 'Chart.yaml';

/** The absolute path of the file that `packageChart` writes. */
export function chartFile(folder: string, version: string): string {
  return path.resolve(folder, `spike-chart-${version}.tar.gz`);
}

/**
 * Packs a rendered chart as `helm package` does, with the version in its Chart.yaml: `helm install` takes the file as it is.
 * The same chart makes the same bytes on every machine. The file is there whole or not at all, and replaces an older one.
 *
 * @returns its absolute path
 */
export async function packageChart(options: {
  files: readonly ChartFile[];
  version: string;
  folder: string;
}): Promise<string> {
  const { files, version } = options;
  const folder = path.resolve(options.folder);
  const { name, files: chart } = withVersion(files, version);
  const draft = await makeDraft(folder);
  try {
    for (const { path: file, content } of chart) await writeDraft(path.join(draft, name, file), content);
    const packed = path.join(draft, 'chart.tar.gz');
    const paths = chart.map((file) => `${name}/${file.path}`).sort();
    await create(
      { file: packed, cwd: draft, portable: true, mtime: PACKED_AT, gzip: { level: 9, portable: true } },
      paths,
    );
    const target = chartFile(folder, version);
    await rename(packed, target);
    return target;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

function withVersion(files: readonly ChartFile[], version: string): { name: string; files: ChartFile[] } {
  const described = files.find((file) => file.path === CHART_FILE);
  if (described === undefined) throw new Error(`The chart was rendered without ${CHART_FILE}.`);
  const document = parseDocument(described.content);
  document.set('version', version);
  const name = document.get('name');
  if (typeof name !== 'string') throw new Error(`${CHART_FILE} names no chart.`);
  const content = document.toString();
  return { name, files: files.map((file) => (file === described ? { ...file, content } : file)) };
}

/** Beside the target, so that the finished file gets there by a rename. */
async function makeDraft(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true });
    return await mkdtemp(path.join(folder, '.spike-chart-'));
  } catch (error) {
    throw new DeliveryError('NOT_WRITABLE', `The chart cannot be written to ${folder}: ${(error as Error).message}.`, {
      suggestions: ['Name another folder: --out FOLDER'],
      cause: error,
    });
  }
}

async function writeDraft(file: string, content: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  // The mode that one asks for at creation is less the umask.
  await chmod(file, FILE_MODE);
  await utimes(file, PACKED_AT, PACKED_AT);
}
