import { parseAllDocuments, stringify } from 'yaml';
import { HIDDEN } from './manifests.js';

const HIDDEN_BASE64 = Buffer.from(HIDDEN).toString('base64');

/** Manifests as they are, but with every value of a Secret hidden in a form that the API still takes. */
export function hideSecrets(manifests: string): string {
  return parseAllDocuments(manifests)
    .map((document) => {
      const fields = document.toJS() as Record<string, unknown> | null;
      if (fields === null) return '';
      if (fields.kind !== 'Secret') return `---\n${document.toString({ lineWidth: 0, directives: false })}`;
      return `---\n${stringify({ ...fields, ...hidden(fields, 'data', HIDDEN_BASE64), ...hidden(fields, 'stringData', HIDDEN) })}`;
    })
    .join('');
}

function hidden(fields: Record<string, unknown>, name: string, word: string): Record<string, unknown> {
  const values = fields[name];
  if (typeof values !== 'object' || values === null) return {};
  return { [name]: Object.fromEntries(Object.keys(values).map((key) => [key, word])) };
}
