import { randomBytes, randomInt } from 'node:crypto';
import path from 'node:path';
import { readJsonFile, writePrivateFile } from './privateFile.js';

const PASSWORD_BYTES = 12;

/** The accounts that `up` makes on this machine. */
export interface Credentials {
  admin: { username: string; password: string };
  shopper: { phone: string; password: string };
}

export function credentialsFile(home: string): string {
  return path.join(home, 'credentials.json');
}

/**
 * The accounts of this home, made up once and kept in a file that only its user can read.
 *
 * @returns also whether they were made up now, which is when they are shown
 */
export async function ensureCredentials(home: string): Promise<{ credentials: Credentials; areNew: boolean }> {
  const known = await readJsonFile<Credentials>(credentialsFile(home));
  if (known !== undefined) return { credentials: known, areNew: false };
  const credentials: Credentials = {
    admin: { username: 'admin', password: makePassword() },
    // 555-01xx is set aside for made-up numbers: no message will ever reach a person.
    shopper: { phone: `+1202555${randomInt(100, 200).toString().padStart(4, '0')}`, password: makePassword() },
  };
  await writePrivateFile(credentialsFile(home), `${JSON.stringify(credentials, null, 2)}\n`);
  return { credentials, areNew: true };
}

function makePassword(): string {
  return randomBytes(PASSWORD_BYTES).toString('base64url');
}
