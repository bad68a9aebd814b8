import { Refused } from '../api/failures.js';
import { isolate } from './isolate.js';
import { texts } from './texts.js';

const { fields, refusals, refused } = texts;

/** Why something that was asked of the shop did not happen, in plain words. */
export function refusalText(failure: unknown): string {
  if (!(failure instanceof Refused)) return refused.noAnswer;
  if (failure.code === 'TOO_MANY_REQUESTS') return refused.tooMany(waitSeconds(failure));
  if (failure.code === 'INTERNAL') return refused.internal(failure.answer.requestId);
  if (failure.status === 503) return refused.unavailable(waitSeconds(failure));
  return refusals[failure.code] ?? sentence(failure.answer.msg);
}

/** What is wrong with which field, by the field's name. */
export function issuesOf({ code, answer }: Refused): Map<string, string> {
  if (code === 'PHONE_TAKEN') return new Map([['phone', fields.phoneTaken]]);
  const issues = Array.isArray(answer.issues) ? (answer.issues as { path: string; message: string }[]) : [];
  return new Map(issues.map(({ path, message }) => [path, fieldText(path) ?? sentence(message)]));
}

/** What to say of a field that the browser or the shop does not take; undefined for one of which there is nothing to say. */
export function fieldText(name: string): string | undefined {
  const known: Readonly<Record<string, string>> = fields;
  return Object.hasOwn(known, name) ? known[name] : undefined;
}

function waitSeconds({ retryAfterMs }: Refused): number {
  return Math.max(1, Math.ceil((retryAfterMs ?? 0) / 1_000));
}

function sentence(text: string): string {
  return `${isolate(`${text.charAt(0).toUpperCase()}${text.slice(1)}`)}.`;
}
