import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { WantedFile } from './replaceFiles.js';
import { writeAssets, type Difference } from './writeAssets.js';

let base: string;
let folder: string;
let differences: Difference[];

beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'spike-out-'));
  folder = path.join(base, 'out');
  differences = [];
});

afterEach(async () => {
  await rm(base, { recursive: true });
});

const files = [
  { path: 'a.yaml', content: 'a: 1\nb: 2\n' },
  { path: 'below/deep/b.yaml', content: 'c: 3\n' },
];

function write(
  wanted: readonly WantedFile[] = files,
  options: { force?: boolean; dryRun?: boolean; signal?: AbortSignal } = {},
) {
  const { force = false, dryRun = false, signal = new AbortController().signal } = options;
  return writeAssets({
    kind: 'compose',
    folder,
    files: wanted,
    force,
    dryRun,
    signal,
    onDifference: (difference) => differences.push(difference),
  });
}

/** Every file and folder below, with the content of the files. */
async function tree(): Promise<Record<string, string | null>> {
  const entries = await readdir(base, { recursive: true, withFileTypes: true });
  const pairs = entries.map(async (entry) => {
    const file = path.join(entry.parentPath, entry.name);
    return [path.relative(base, file), entry.isFile() ? await readFile(file, 'utf8') : null] as const;
  });
  return Object.fromEntries(await Promise.all(pairs));
}

describe('writing rendered files', () => {
  test('makes the folder and says what was made; the same again changes nothing', async () => {
    expect(await write()).toEqual([
      { path: 'a.yaml', state: 'created', bytes: 10 },
      { path: 'below/deep/b.yaml', state: 'created', bytes: 5 },
    ]);
    const { mtimeMs } = await stat(path.join(folder, 'a.yaml'));
    expect((await write()).map(({ state }) => state)).toEqual(['unchanged', 'unchanged']);
    expect((await stat(path.join(folder, 'a.yaml'))).mtimeMs).toBe(mtimeMs);
    expect(differences).toEqual([]);
  });

  test('a file that differs is shown and left alone, and with it all the others', async () => {
    await mkdir(folder);
    await writeFile(path.join(folder, 'a.yaml'), 'a: 1\nb: mine\n');
    const before = await tree();
    await expect(write()).rejects.toMatchObject({
      code: 'FILES_DIFFER',
      exit: 1,
      message: expect.stringContaining('1 file differs') as string,
      suggestions: [expect.stringContaining('--force'), expect.stringContaining(`--out ${folder}-new`)],
    });
    expect(await tree()).toEqual(before);
    expect(differences).toHaveLength(1);
    expect(differences[0]?.text).toContain('\n-b: mine\n+b: 2\n');
  });

  test('--force overwrites what differs, and touches no other file of the folder', async () => {
    await mkdir(folder);
    await writeFile(path.join(folder, 'a.yaml'), 'mine\n');
    await writeFile(path.join(folder, 'other.txt'), 'other\n');
    await chmod(path.join(folder, 'a.yaml'), 0o640);
    expect((await write(files, { force: true })).map(({ state }) => state)).toEqual(['changed', 'created']);
    expect(await tree()).toEqual({
      out: null,
      'out/a.yaml': 'a: 1\nb: 2\n',
      'out/below': null,
      'out/below/deep': null,
      'out/below/deep/b.yaml': 'c: 3\n',
      'out/other.txt': 'other\n',
    });
    expect((await stat(path.join(folder, 'a.yaml'))).mode & 0o777).toBe(0o640);
  });

  test('--dry-run writes nothing, shows the difference and does not fail', async () => {
    await mkdir(folder);
    await writeFile(path.join(folder, 'a.yaml'), 'mine\n');
    const before = await tree();
    expect((await write(files, { dryRun: true })).map(({ state }) => state)).toEqual(['changed', 'created']);
    expect(await tree()).toEqual(before);
    expect(differences).toHaveLength(1);
  });

  test('Ctrl-C before the end leaves what was, without a trace', async () => {
    await mkdir(folder);
    await writeFile(path.join(folder, 'a.yaml'), 'mine\n');
    const before = await tree();
    const controller = new AbortController();
    const wanted = files.map((file, index) => ({
      path: file.path,
      get content() {
        // Read once to compare, then to write: the second file's writing is interrupted.
        if (index === 1 && differences.length > 0) controller.abort();
        return file.content;
      },
    }));
    await expect(write(wanted, { force: true, signal: controller.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(await tree()).toEqual(before);
  });

  test('a file that cannot be written leaves what was', async () => {
    await mkdir(folder);
    await writeFile(path.join(folder, 'a.yaml'), 'mine\n');
    const before = await tree();
    // Two files of one name: the second finds its piece beside the place taken.
    const twice = [files[0]!, { path: 'z.yaml', content: 'z' }, { path: 'z.yaml', content: 'z' }];
    await expect(write(twice, { force: true })).rejects.toMatchObject({ code: 'NOT_WRITABLE', exit: 1 });
    expect(await tree()).toEqual(before);
  });

  test('a move that fails takes back those that were made', async () => {
    await mkdir(folder);
    for (const file of ['a.yaml', 'z.yaml']) await writeFile(path.join(folder, file), 'mine\n');
    // Where the old content should wait, something stands that cannot be replaced.
    await mkdir(path.join(folder, `.z.yaml.${process.pid}.old`, 'full'), { recursive: true });
    const before = await tree();
    await expect(write([...files, { path: 'z.yaml', content: 'z\n' }], { force: true })).rejects.toThrow();
    expect(await tree()).toEqual(before);
  });

  test.each([
    [
      'a link where a file belongs',
      async () => symlink('/etc/hostname', path.join(folder, 'a.yaml')),
      'a.yaml is a link',
    ],
    ['a link where a folder belongs', async () => symlink('/tmp', path.join(folder, 'below')), 'below is a link'],
    ['a folder where a file belongs', async () => mkdir(path.join(folder, 'a.yaml')), 'a.yaml is a folder'],
    ['a file where a folder belongs', async () => writeFile(path.join(folder, 'below'), ''), 'below is a file'],
  ])('%s is an error, with --force too', async (_what, put, message) => {
    await mkdir(folder);
    await put();
    const before = await tree();
    await expect(write(files, { force: true })).rejects.toMatchObject({
      code: 'IN_THE_WAY',
      message: expect.stringContaining(message) as string,
    });
    expect(await tree()).toEqual(before);
  });

  test('a file that stands where the folder should be, or above it, is an error', async () => {
    await writeFile(folder, '');
    await expect(write()).rejects.toMatchObject({ code: 'IN_THE_WAY' });
    folder = path.join(folder, 'below');
    await expect(write()).rejects.toMatchObject({ code: 'IN_THE_WAY' });
  });

  test('a link to nothing where the folder should be, or above it, is a mistake in what was typed', async () => {
    const link = folder;
    await symlink(path.join(base, 'gone'), link);
    const refusal = { code: 'IN_THE_WAY', exit: 2, message: expect.stringContaining(`${link} is a link to`) as string };
    await expect(write()).rejects.toMatchObject(refusal);
    await expect(write(files, { dryRun: true })).rejects.toMatchObject(refusal);
    folder = path.join(link, 'below');
    await expect(write()).rejects.toMatchObject(refusal);
    expect(await readdir(base)).toEqual(['out']);
  });

  test('what is kept is made once, with its permissions, and never overwritten or shown', async () => {
    const secret = (content: string): WantedFile => ({
      path: 'secrets/password',
      content,
      mode: 0o444,
      folderMode: 0o700,
      isKept: true,
    });
    expect(await write([secret('first')])).toMatchObject([{ state: 'created' }]);
    expect(await write([secret('second')], { force: true })).toEqual([
      { path: 'secrets/password', state: 'unchanged', bytes: 5 },
    ]);
    expect(await readFile(path.join(folder, 'secrets/password'), 'utf8')).toBe('first');
    expect((await stat(path.join(folder, 'secrets/password'))).mode & 0o777).toBe(0o444);
    expect((await stat(path.join(folder, 'secrets'))).mode & 0o777).toBe(0o700);
    expect(differences).toEqual([]);
  });
});
