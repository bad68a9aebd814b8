import { createCipheriv, randomBytes } from 'node:crypto';

/** Says how the rest is to be read, for the day when keys or ciphers change. */
const VERSION = 1;
const IV_BYTES = 12;
const SHOWN = 4;

/**
 * Encrypts a national id with AES-256-GCM for storing it: version, IV, authentication tag, ciphertext.
 *
 * @param keyHex 64 hexadecimal digits
 * @returns beside it the last characters, which are all of it that anybody is shown
 */
export function encryptNationalId(nationalId: string, keyHex: string): { encrypted: Buffer; last4: string } {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(keyHex, 'hex'), iv);
  const text = Buffer.concat([cipher.update(nationalId, 'utf8'), cipher.final()]);
  const encrypted = Buffer.concat([Buffer.from([VERSION]), iv, cipher.getAuthTag(), text]);
  return { encrypted, last4: nationalId.slice(-SHOWN) };
}
