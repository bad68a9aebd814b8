import { stringify } from 'yaml';
import type { StaffEventView } from '../../domain/wire.js';
import { toDocument } from './eventDocument.js';

/** The event as a file that can be imported, without a line feed at its end. */
export function documentText(event: StaffEventView, form: 'yaml' | 'json'): string {
  const document = toDocument(event);
  if (form === 'json') return JSON.stringify(document, null, 2);
  // Without folded lines: a title stays one line, whatever its length.
  return stringify(document, { lineWidth: 0 }).trimEnd();
}
