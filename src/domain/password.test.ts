import { expect, test } from '@jest/globals';
import { hashPassword, verifyPassword } from './password.js';

const CHEAP = { logN: 4, r: 8, p: 1 };

test('the right password verifies, any other does not', async () => {
  const stored = await hashPassword('correct horse', CHEAP);
  expect(await verifyPassword('correct horse', stored)).toBe(true);
  expect(await verifyPassword('correct horsf', stored)).toBe(false);
  expect(await verifyPassword('', stored)).toBe(false);
});

test('two users with the same password have different hashes', async () => {
  expect(await hashPassword('correct horse', CHEAP)).not.toBe(await hashPassword('correct horse', CHEAP));
});

test('a hash says what it cost, so that old ones verify after the cost was raised', async () => {
  const stored = await hashPassword('correct horse', { logN: 5, r: 4, p: 2 });
  expect(stored).toMatch(/^scrypt\$ln=5,r=4,p=2\$/);
  expect(await verifyPassword('correct horse', stored)).toBe(true);
});

test('the same letters typed in another normal form are the same password', async () => {
  expect(await verifyPassword('Zürich'.normalize('NFD'), await hashPassword('Zürich'.normalize('NFC'), CHEAP))).toBe(
    true,
  );
});

test('something else in the place of a hash is an error and never a match', async () => {
  for (const stored of ['', '-', 'scrypt$', 'plain text'])
    await expect(verifyPassword('plain text', stored)).rejects.toThrow('cannot be read');
});
