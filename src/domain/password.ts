import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** scrypt's work: `logN` doubles time and memory with each step, `p` multiplies the time alone. */
export interface PasswordCost {
  logN: number;
  r: number;
  p: number;
}

/**
 * One of the equivalent minimum settings of OWASP's password storage guide: about 0.1 s of one core, and with 16 MB the
 * least memory of them, so that several at once fit into a small process.
 */
export const PASSWORD_COST: PasswordCost = { logN: 14, r: 8, p: 5 };

const SALT_BYTES = 16;
const KEY_BYTES = 32;
const STORED = /^scrypt\$ln=([0-9]{1,2}),r=([0-9]{1,2}),p=([0-9]{1,2})\$([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+)$/;

/**
 * @returns `scrypt$ln=14,r=8,p=5$salt$key` with a salt of its own: the cost stands in the text, so that it can be raised
 *   later without making old passwords invalid
 */
export async function hashPassword(password: string, cost: PasswordCost = PASSWORD_COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, cost, KEY_BYTES);
  return `scrypt$ln=${cost.logN},r=${cost.r},p=${cost.p}$${salt.toString('base64')}$${key.toString('base64')}`;
}

/** What stands in place of a hash for who has no password: no password is ever right. */
export const NO_PASSWORD = '!';

/** Compares in constant time. @throws Error when what is stored is not a hash */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const match = STORED.exec(stored);
  if (match === null) throw new Error('the stored password hash cannot be read');
  const [, logN, r, p, salt = '', key = ''] = match;
  const expected = Buffer.from(key, 'base64');
  const cost = { logN: Number(logN), r: Number(r), p: Number(p) };
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64'), cost, expected.length), expected);
}

function derive(password: string, salt: Buffer, { logN, r, p }: PasswordCost, length: number): Promise<Buffer> {
  const N = 2 ** logN;
  // Node refuses to use more than maxmem; scrypt needs 128·N·r bytes and a little.
  const options = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    // The same password typed on two keyboards may arrive as different code points.
    scrypt(password.normalize('NFKC'), salt, length, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
