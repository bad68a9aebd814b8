import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { Refusal } from '../domain/errorCatalogue.js';
import { toInputIssues } from '../domain/inputIssues.js';
import { step, type Step } from './context.js';
import { readJsonBody } from './readJsonBody.js';
import { bodyRefusals } from './stepContract.js';

/**
 * Reads the body and puts what the schema makes of it into `ctx.state.body`.
 *
 * @param options.isOptional a request without a body is one with an empty object
 */
export function createBody(bytesMax: number) {
  return function body<Schema extends z.ZodType>(
    schema: Schema,
    { isOptional = false }: { isOptional?: boolean } = {},
  ): Step<{ body: z.output<Schema> }> {
    return step<{ body: z.output<Schema> }>(
      async (ctx, next) => {
        const isAbsent = isOptional && !hasBody(ctx.req);
        ctx.state.body = parse(schema, isAbsent ? {} : await readJsonBody(ctx, bytesMax));
        await next();
      },
      { body: { schema, isOptional }, refusals: bodyRefusals },
    );
  };
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Puts what the schema makes of the query string into `ctx.state.query`. A name given twice arrives as a list. */
export function query<Schema extends z.ZodType>(schema: Schema): Step<{ query: z.output<Schema> }> {
  return step<{ query: z.output<Schema> }>(
    (ctx, next) => {
      ctx.state.query = parse(schema, { ...ctx.query });
      return next();
    },
    { query: schema, refusals: ['BAD_INPUT'] },
  );
}

/** @throws Refusal naming every issue */
export function parse<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  code: 'BAD_INPUT' | 'BAD_RULE' = 'BAD_INPUT',
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Refusal(code, { issues: toInputIssues(parsed.error) });
  return parsed.data;
}
