import type { z } from 'zod';
import { Refusal, type ErrorCode } from '../domain/errorCatalogue.js';
import { step, type Step } from './context.js';
import { readJsonBody } from './readJsonBody.js';

/** One thing that is wrong with an input, and where: `rule[0].name`. */
export interface Issue {
  path: string;
  message: string;
}

/** Reads the body and puts what the schema makes of it into `ctx.state.body`. */
export function createBody(bytesMax: number) {
  return function body<Schema extends z.ZodType>(schema: Schema): Step<{ body: z.output<Schema> }> {
    return step<{ body: z.output<Schema> }>(async (ctx, next) => {
      ctx.state.body = parse(schema, await readJsonBody(ctx, bytesMax));
      await next();
    });
  };
}

/** Puts what the schema makes of the query string into `ctx.state.query`. A name given twice arrives as a list. */
export function query<Schema extends z.ZodType>(schema: Schema): Step<{ query: z.output<Schema> }> {
  return step<{ query: z.output<Schema> }>((ctx, next) => {
    ctx.state.query = parse(schema, { ...ctx.query });
    return next();
  });
}

/** @throws Refusal naming every issue */
export function parse<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  code: ErrorCode = 'BAD_INPUT',
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Refusal(code, { issues: toIssues(parsed.error) });
  return parsed.data;
}

export function toIssues(error: z.ZodError): Issue[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ path: formatPath([...issue.path, key]), message: 'is not a known field' }));
    return [{ path: formatPath(issue.path), message: issue.message }];
  });
}

function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}
