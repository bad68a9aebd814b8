import type { z } from 'zod';

/** One thing that is wrong with an input, and where: `rule[0].name`. */
export interface InputIssue {
  path: string;
  message: string;
}

/** zod's issues as our answers name them; each unknown field by its own place. */
export function toInputIssues(error: z.ZodError, place = ''): InputIssue[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        path: formatPlace(place, [...issue.path, key]),
        message: 'is not known here',
      }));
    const isMissing = issue.message.endsWith('received undefined');
    return [{ path: formatPlace(place, issue.path), message: isMissing ? 'is required' : issue.message }];
  });
}

function formatPlace(place: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((before, part) => {
    if (typeof part === 'number') return `${before}[${part}]`;
    return before === '' ? String(part) : `${before}.${String(part)}`;
  }, place);
}
