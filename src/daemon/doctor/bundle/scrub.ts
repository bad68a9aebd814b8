const MASK = '***';

/** Shorter ones are found in every word; in a URL they are masked by their place. */
const SECRET_LENGTH_MIN = 4;

/** What is secret by its form, whoever made it: tokens of shoppers and staff, passwords in URLs and headers. */
const secretForms: readonly [RegExp, string][] = [
  [/\beyJ[\w-]{5,}\.[\w-]+\.[\w-]+/g, MASK],
  [/\b(Bearer|Basic) +[\w.~+/-]{4,}=*/gi, `$1 ${MASK}`],
  [/(\w:\/\/[^\s:/@"']*):[^\s@"']+@/g, `$1:${MASK}@`],
  [/("?\b[\w-]*(?:password|passwd|token|secret|authorization)"?\s*[:=]\s*)("[^"]*"|[^\s,;}]+)/gi, `$1"${MASK}"`],
];

/**
 * Makes a function that masks each secret in a text, as it is and in the forms in which programs print it: escaped in JSON,
 * in a URL, in base64.
 */
export function createScrub(secrets: Iterable<string>): (text: string) => string {
  const forms = new Set<string>();
  for (const secret of secrets) {
    if (secret.length >= SECRET_LENGTH_MIN) for (const form of formsOf(secret)) forms.add(form);
  }
  // The longest first: one secret may be a part of another.
  const alternatives = [...forms].sort((a, b) => b.length - a.length).map(escapeForRegExp);
  const known = alternatives.length === 0 ? undefined : new RegExp(alternatives.join('|'), 'g');
  return (text) => {
    let scrubbed = known === undefined ? text : text.replace(known, MASK);
    for (const [form, mask] of secretForms) scrubbed = scrubbed.replace(form, mask);
    return scrubbed;
  };
}

function formsOf(secret: string): string[] {
  const base64 = Buffer.from(secret).toString('base64');
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    base64,
    base64.replace(/=+$/, ''),
    Buffer.from(secret).toString('base64url'),
  ];
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
