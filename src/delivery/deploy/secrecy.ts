import { parse } from 'yaml';
import { HIDDEN } from './manifests.js';

/** Shorter ones would be found in every word. */
const SECRET_LENGTH_MIN = 6;

const secretName = /pass(word|wd|phrase)|secret|token|credential|private|api-?key|signing-?key|encryption-?key/i;
/** What only names where a secret lies: `existingSecret`, `secretName`, `secretKeyRef`, `imagePullSecrets`. */
const referenceName =
  /^existing|(name|ref|refs|file|path|create|enabled|type|ttl|seconds)$|^imagePullSecrets|PullSecrets/i;
const urlWithPassword = /\w:\/\/[^\s:/@"']*:[^\s@"']+@/;

/** What is secret by its form, whoever made it. */
const secretForms: readonly [RegExp, string][] = [
  // The word itself stands where a URL is explained.
  [/(\w:\/\/[^\s:/@"']*):(?!password@)[^\s@"']+@/g, `$1:${HIDDEN}@`],
  [/\b(Bearer|Basic) +[\w.~+/-]{8,}=*/gi, `$1 ${HIDDEN}`],
  [/\beyJ[\w-]{5,}\.[\w-]+\.[\w-]+/g, HIDDEN],
];

/** Whether a value of the chart is a secret, by its name (`mysql.password`) or by its form (a URL with a password). */
export function isSecretValue(path: string, value: string): boolean {
  if (urlWithPassword.test(value)) return true;
  const names = path.split(/(?<!\\)\./);
  const last = names.at(-1)?.replace(/\[\d+\]$/, '') ?? '';
  // `secrets.keys` says under which keys a Secret holds them.
  if (value === '' || names.includes('keys') || referenceName.test(last)) return false;
  if (/pass(word|wd|phrase)/i.test(last)) return true;
  return secretName.test(last) && !/^(true|false|null|\d+)$/.test(value);
}

/** All strings of a values document that are secrets. */
function secretsOfValues(values: unknown, path: readonly string[] = []): string[] {
  if (typeof values === 'string' || typeof values === 'number') {
    return isSecretValue(path.join('.'), String(values)) ? [String(values)] : [];
  }
  if (typeof values !== 'object' || values === null) return [];
  return Object.entries(values).flatMap(([name, value]) => secretsOfValues(value, [...path, name]));
}

/** The secrets of a values file; one that is not YAML is helm's to complain about. */
export function secretsOfText(text: string): string[] {
  try {
    return secretsOfValues(parse(text));
  } catch {
    return [];
  }
}

export type Scrub = (text: string) => string;

/** Makes a function that hides each secret in a text: as it is, in a URL, in JSON, in base64; and what is secret by its form. */
export function createScrub(secrets: Iterable<string>): Scrub {
  const forms = new Set<string>();
  for (const secret of secrets) {
    for (const part of [secret, ...passwordsIn(secret)]) {
      if (part.length >= SECRET_LENGTH_MIN) for (const form of formsOf(part)) forms.add(form);
    }
  }
  // The longest first: one secret may be a part of another.
  const known = [...forms].sort((a, b) => b.length - a.length);
  return (text) => {
    let scrubbed = text;
    for (const form of known) scrubbed = scrubbed.replaceAll(form, HIDDEN);
    for (const [form, mask] of secretForms) scrubbed = scrubbed.replace(form, mask);
    return scrubbed;
  };
}

function passwordsIn(secret: string): string[] {
  const password = /^[\w+.-]+:\/\/[^\s:/@]*:([^\s@]+)@/.exec(secret)?.[1];
  return password === undefined ? [] : [password];
}

function formsOf(secret: string): string[] {
  const base64 = Buffer.from(secret).toString('base64');
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), base64];
}
