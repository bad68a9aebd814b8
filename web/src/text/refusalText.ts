import { Refused } from '../api/failures.js';

/** What to say when registering or logging in has failed, other than about single fields. */
export function refusalText(failure: unknown): string {
  if (!(failure instanceof Refused)) return 'The shop does not answer. Check your connection and try again.';
  switch (failure.code) {
    case 'BAD_CREDENTIALS':
      return 'The phone number or the password is wrong.';
    case 'BLOCKED':
      return 'This account is blocked. Please ask the shop.';
    case 'TOO_MANY_REQUESTS':
      return `Too many tries. Wait ${waitSeconds(failure)} s, then try again.`;
    case 'INTERNAL':
      return `An error on the shop's side. Please report it with this number: ${failure.answer.requestId}`;
    default:
      return failure.status === 503
        ? `The shop cannot answer just now. Try again in ${waitSeconds(failure)} s.`
        : sentence(failure.answer.msg);
  }
}

/** What is wrong with which field, by the field's name. */
export function issuesOf({ code, answer }: Refused): Map<string, string> {
  if (code === 'PHONE_TAKEN') return new Map([['phone', 'There is an account with this number. Log in instead.']]);
  const issues = Array.isArray(answer.issues) ? (answer.issues as { path: string; message: string }[]) : [];
  return new Map(issues.map(({ path, message }) => [path, sentence(message)]));
}

function waitSeconds({ retryAfterMs }: Refused): number {
  return Math.max(1, Math.ceil((retryAfterMs ?? 0) / 1_000));
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
