import { describe, expect, test } from '@jest/globals';
import { CliError } from '../errors.js';
import { parseUserList } from './readUserList.js';
import type { UserRef } from './toUserRef.js';

function read(content: string): UserRef[] {
  return parseUserList({ file: 'customers.csv', content });
}

function faultOf(content: string): CliError {
  try {
    read(content);
  } catch (error) {
    if (error instanceof CliError) return error;
    throw error;
  }
  throw new Error('the list was read');
}

describe('a list of users', () => {
  test('is one id or phone number a line, with comments, blank lines and any line ends', () => {
    expect(read('\uFEFF# VIPs\r\n7\r\n\r\n  +49 170 1234567 # Anna\r\n0170-1234567')).toEqual([
      { userId: '7' },
      { phone: '+491701234567' },
      { phone: '01701234567' },
    ]);
  });

  test.each([
    ['7,Anna,Berlin\n8,Otto,Bonn'],
    ['7;Anna\n8;Otto;Bonn'],
    ['7\tAnna\n8'],
    ['"7","Anna, of Berlin"\n"8",Otto "the tall"'],
    ['user_id,name\n7,Anna\n8,Otto'],
    ['ID\n7\n8\n'],
  ])('is the first column of %j', (content) => {
    expect(read(content)).toEqual([{ userId: '7' }, { userId: '8' }]);
  });

  test('whose heading says so holds phone numbers, also without a plus', () => {
    expect(read('Phone number;name\n491701234567;Anna')).toEqual([{ phone: '491701234567' }]);
    expect(read('491701234567;Anna')).toEqual([{ userId: '491701234567' }]);
  });

  test('is refused as a whole, and each bad line named with its number', () => {
    const error = faultOf('phone\n+491701234567\nAnna\n\n# later\n12\n+4917');
    expect(error).toMatchObject({ code: 'USAGE', exit: 2 });
    expect(error.message).toContain("line 3: 'Anna' is not a phone number\n");
    expect(error.message).toContain("line 6: '12' is not a phone number\n");
    expect(error.message).toContain("line 7: '+4917' is not a phone number\n");
    expect(error.message).not.toContain('line 2:');
  });

  test('with hundreds of bad lines names the first and counts the others', () => {
    const { message } = faultOf(Array.from({ length: 321 }, () => 'x').join('\n'));
    expect(message).toContain('line 20:');
    expect(message).not.toContain('line 21:');
    expect(message).toContain('and 301 more');
  });

  test.each([[''], ['# nobody\n'], ['phone\n']])('that names nobody is refused: %j', (content) => {
    expect(faultOf(content).message).toContain('names no user');
  });

  test('that is no CSV is refused, never a crash', () => {
    expect(faultOf('"7\n8').exit).toBe(2);
    expect(faultOf('\u0000\u0001').exit).toBe(2);
  });
});
