import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { createOutput, type OutputMode } from './output.js';
import { printTable, type Column, type TableFlags } from './table.js';

interface Row {
  id: string;
  title: string;
  sold: number | null;
}

const columns: Column<Row>[] = [
  { name: 'id', value: (row) => row.id },
  { name: 'title', value: (row) => row.title },
  { name: 'sold', value: (row) => row.sold },
  { name: 'titleLength', value: (row) => row.title.length, extra: true },
];

const rows: Row[] = [
  { id: '9', title: 'Vinyl, "blue"', sold: 5 },
  { id: '10', title: 'Sneakers', sold: null },
  { id: '2', title: 'Wine', sold: 40 },
];

async function print(flags: TableFlags, mode: Partial<OutputMode> = {}, widthColumns?: number) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const out = createOutput({
    mode: { json: false, quiet: false, verbose: false, ...mode },
    stdout: Object.assign(stdout, { isTTY: widthColumns !== undefined, columns: widthColumns }) as never,
    stderr: stderr as never,
    environment: { NO_COLOR: '1' },
  });
  const selected = await printTable(rows, { columns, flags, out, nothing: 'There is nothing.' });
  return { selected, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

describe('a table', () => {
  it('has a heading, no borders, numbers to the right and - for what is missing', async () => {
    const { stdout } = await print({});
    expect(stdout).toBe(
      [
        'ID  TITLE          SOLD',
        '9   Vinyl, "blue"     5',
        '10  Sneakers          -',
        '2   Wine             40',
        '',
      ].join('\n'),
    );
  });

  it('sorts ids and numbers by size, downwards with -, and puts what is missing last', async () => {
    expect((await print({ sort: 'id' })).selected.map(({ id }) => id)).toEqual(['2', '9', '10']);
    expect((await print({ sort: 'sold' })).selected.map(({ id }) => id)).toEqual(['9', '2', '10']);
  });

  it.each([
    [['sold>5'], ['2']],
    [['sold>=5', 'title~VIN'], ['9']],
    [['title=wine'], ['2']],
    [['title!=wine'], ['9', '10']],
    [['id=10'], ['10']],
  ])('shows the rows that pass %j', async (filter, ids) => {
    expect((await print({ filter })).selected.map(({ id }) => id)).toEqual(ids);
  });

  it('shows the columns that are asked for, in that order', async () => {
    expect((await print({ columns: 'titlelength,id' })).stdout.split('\n')[0]).toBe('TITLE LENGTH  ID');
  });

  it('writes CSV that reads back as it was', async () => {
    expect((await print({ csv: true })).stdout).toBe('id,title,sold\n9,"Vinyl, ""blue""",5\n10,Sneakers,\n2,Wine,40\n');
  });

  it('prints nothing itself under --json and returns the selected rows', async () => {
    const { selected, stdout, stderr } = await print({ filter: ['id=2'] }, { json: true });
    expect([selected, stdout, stderr]).toEqual([[rows[2]], '', '']);
  });

  it('says on stderr that nothing is left, so that a pipe stays empty', async () => {
    const { stdout, stderr } = await print({ filter: ['id=7'] });
    expect(stdout).toBe('');
    expect(stderr).toContain('None of the 3 rows');
  });

  it('cuts the widest column until a row fits its line', async () => {
    const { stdout } = await print({}, {}, 20);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(20);
    expect(stdout).toContain('…');
  });

  it('refuses a column that it does not have and names the nearest', async () => {
    await expect(print({ columns: 'titel' })).rejects.toMatchObject({
      exit: 2,
      suggestions: expect.arrayContaining(['Did you mean title?']),
    });
    await expect(print({ sort: '-nothing' })).rejects.toMatchObject({ exit: 2 });
    await expect(print({ filter: ['title'] })).rejects.toMatchObject({ exit: 2 });
  });
});
