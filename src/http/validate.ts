import type { z } from 'zod';
import { Refusal, type ErrorCode } from '../domain/errorCatalogue.js';
import { toInputIssues } from '../domain/inputIssues.js';
import { step, type Step } from './context.js';
import { readJsonBody } from './readJsonBody.js';

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
  if (!parsed.success) throw new Refusal(code, { issues: toInputIssues(parsed.error) });
  return parsed.data;
}
