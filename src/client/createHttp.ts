import { randomUUID } from 'node:crypto';
import { Agent, request } from 'undici';
import type { FailAnswer } from '../domain/wire.js';
import { ServiceRefusal, ServiceUnreachable } from './errors.js';
import { toUnreachable } from './toUnreachable.js';

/** How long a connection may take to open, ms: a service on the other side of the world takes a tenth of it. */
const CONNECT_TIMEOUT_MS = 5_000;
/** How long an answer may take, ms: longer than any service lets a request wait. */
const ANSWER_TIMEOUT_MS = 15_000;
/** Connections of one client to one origin; a load tester asks for more. */
const CONNECTIONS_MAX = 64;

export interface HttpOptions {
  /** Origin, with a path in front of the routes if the deployment has one: `https://shop.example/sale`. */
  url: string;
  answerTimeoutMs?: number;
  connectionsMax?: number;
  /** Ends every request under way when it is aborted. */
  signal?: AbortSignal | undefined;
}

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  /** Entries that are undefined are left out. */
  query?: Readonly<Record<string, string | number | undefined>> | undefined;
  body?: unknown;
  token?: string | undefined;
  /** For a route that works longer than the others. */
  answerTimeoutMs?: number;
}

interface Answer<T> {
  status: number;
  body: T;
}

export interface Http {
  /**
   * @throws ServiceRefusal when a service says no, ServiceUnreachable when none answers; nothing is sent a second time
   */
  call<T>(call: Call): Promise<Answer<T>>;
  /**
   * An answer that goes on, as its text comes. Ends when the service ends it.
   *
   * @param options.silenceMaxMs an answer that says nothing for so long counts as away
   * @throws as `call`, also in the middle
   */
  stream(call: Pick<Call, 'path' | 'token'>, options: StreamOptions): AsyncGenerator<string>;
  /** Ends idle connections; requests under way finish first. */
  close(): Promise<void>;
}

interface StreamOptions {
  silenceMaxMs: number;
  signal?: AbortSignal | undefined;
}

/** HTTP to the services over connections that are kept open. */
export function createHttp({
  url,
  answerTimeoutMs = ANSWER_TIMEOUT_MS,
  connectionsMax = CONNECTIONS_MAX,
  signal,
}: HttpOptions): Http {
  const base = url.replace(/\/+$/, '');
  const dispatcher = new Agent({
    connections: connectionsMax,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    headersTimeout: answerTimeoutMs,
    bodyTimeout: answerTimeoutMs,
  });

  async function call<T>({
    method,
    path,
    query,
    body,
    token,
    answerTimeoutMs: ownTimeoutMs,
  }: Call): Promise<Answer<T>> {
    const target = `${base}${path}${queryText(query)}`;
    const headers: Record<string, string> = { accept: 'application/json', 'x-request-id': randomUUID() };
    if (token !== undefined) headers.authorization = `Bearer ${token}`;
    if (body !== undefined) headers['content-type'] = 'application/json';
    let response;
    let text;
    try {
      response = await request(target, {
        method,
        headers,
        dispatcher,
        body: body === undefined ? null : JSON.stringify(body),
        signal: signal ?? null,
        ...(ownTimeoutMs === undefined ? {} : { headersTimeout: ownTimeoutMs, bodyTimeout: ownTimeoutMs }),
      });
      text = await response.body.text();
    } catch (error) {
      throw toUnreachable(error, target);
    }
    const answer = readAnswer(text);
    if (isFail(answer)) throw new ServiceRefusal(response.statusCode, answer, retryAfter(response.headers));
    if (response.statusCode < 300 && answer !== undefined) return { status: response.statusCode, body: answer as T };
    throw new ServiceUnreachable('notOurs', target, strangeAnswer(response.statusCode));
  }

  async function* stream(
    { path, token }: Pick<Call, 'path' | 'token'>,
    { silenceMaxMs, signal: ownSignal }: StreamOptions,
  ): AsyncGenerator<string> {
    const target = `${base}${path}`;
    const headers: Record<string, string> = { accept: 'text/event-stream', 'x-request-id': randomUUID() };
    if (token !== undefined) headers.authorization = `Bearer ${token}`;
    const signals = [signal, ownSignal].filter((one) => one !== undefined);
    try {
      const response = await request(target, {
        headers,
        dispatcher,
        signal: signals.length === 0 ? null : AbortSignal.any(signals),
        bodyTimeout: silenceMaxMs,
      });
      if (response.statusCode === 200) {
        response.body.setEncoding('utf8');
        for await (const text of response.body) yield text as string;
        return;
      }
      const answer = readAnswer(await response.body.text());
      if (isFail(answer)) throw new ServiceRefusal(response.statusCode, answer, retryAfter(response.headers));
      throw new ServiceUnreachable('notOurs', target, strangeAnswer(response.statusCode));
    } catch (error) {
      throw toUnreachable(error, target);
    }
  }

  return { call, stream, close: async () => dispatcher.close() };
}

function queryText(query: Call['query']): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}

function readAnswer(text: string): object | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    return typeof answer === 'object' && answer !== null ? answer : undefined;
  } catch {
    return undefined;
  }
}

function isFail(answer: object | undefined): answer is FailAnswer {
  return (
    answer !== undefined &&
    'status' in answer &&
    answer.status === 'fail' &&
    'code' in answer &&
    typeof answer.code === 'string'
  );
}

function retryAfter(headers: Readonly<Record<string, string | string[] | undefined>>): number | undefined {
  const seconds = Number(headers['retry-after']);
  return Number.isFinite(seconds) ? seconds : undefined;
}

function strangeAnswer(status: number): string {
  if (status === 502 || status === 503 || status === 504) return `the proxy in front of it answers ${status}`;
  return `what answers there (HTTP ${status}) is not one of the services`;
}
