import { describe, expect, it } from '@jest/globals';
import { parseUsers } from './readUsersFile.js';

const parse = (...lines: string[]) => parseUsers({ file: 'users.csv', content: lines.join('\n') });

function message(...lines: string[]): string {
  try {
    parse(...lines);
  } catch (error) {
    expect(error).toMatchObject({ exit: 2 });
    return (error as Error).message;
  }
  throw new Error('it was accepted');
}

describe('a file of users', () => {
  it('names its columns in any order, and leaves out what a cell does not say', () => {
    expect(
      parse(
        'name,phone,birthDate,workStatus,nationalId,password',
        'Anna,+49 170 1234567,1990-02-28,employed,AB-1234,correct horse',
        ',0170 7654321,,,,',
      ),
    ).toEqual([
      {
        name: 'Anna',
        phone: '+491701234567',
        birthDate: '1990-02-28',
        workStatus: 'employed',
        nationalId: 'AB-1234',
        password: 'correct horse',
      },
      { phone: '01707654321' },
    ]);
  });

  it('may be what a spreadsheet writes: a mark in front, semicolons, quotes, empty lines, other cases', () => {
    expect(parse('\uFEFFPhone;Birth date;NAME', '"+491701234567";1990-02-28;"Anna; the first"', '', ';;')).toEqual([
      { phone: '+491701234567', birthDate: '1990-02-28', name: 'Anna; the first' },
    ]);
  });

  it('is refused whole, with every bad line by its number and no secret in the message', () => {
    const text = message(
      'phone,password,birthDate',
      'abc,correct horse,',
      '+491700000001,secret,',
      '+491700000002,correct horse,1990-02-30',
      '+491700000003,correct horse,',
      '+49 170 0000003,correct horse,',
      '+491700000004,correct horse,1990-01-01,more',
    );
    expect(text.split('\n')).toEqual([
      'users.csv:',
      expect.stringMatching(/^ {2}line 2: phone must be a phone number/),
      expect.stringMatching(/^ {2}line 3: password /),
      expect.stringMatching(/^ {2}line 4: birthDate /),
      '  line 6: the phone number stands on line 5 already',
      '  line 7: has 4 cells for 3 columns',
      'Nothing was sent.',
    ]);
    expect(text).not.toMatch(/secret|horse/);
  });

  it('with many bad lines names the first of them and counts the others', () => {
    const text = message('phone', ...Array.from({ length: 50 }, () => 'abc'));
    expect(text).toContain('line 21: ');
    expect(text).not.toContain('line 22: ');
    expect(text).toContain('and 30 more');
  });

  it.each([
    ['no columns', [''], 'is empty'],
    ['nothing but columns', ['phone,name'], 'no user'],
    ['no phone', ['name', 'Anna'], 'phone is missing'],
    ['a column twice', ['phone,Phone', '+491701234567,1'], 'twice'],
    ['a quote that never ends', ['phone,name', '+491701234567,"Anna'], 'not CSV'],
  ])('with %s is refused', (_what, lines, text) => {
    expect(message(...lines)).toContain(text);
  });

  it('with an unknown column is told the nearest one', () => {
    expect(() => parse('phone,brithdate', '+491701234567,1990-01-01')).toThrow(
      expect.objectContaining({ suggestions: expect.arrayContaining(['Did you mean birthDate?']) }),
    );
  });
});
