import type { FailAnswer } from '../../../src/domain/wire.js';
import { Refused, Unanswered } from './failures.js';

/** A service gives up on a store after 2 s and on the broker after 1 s; what takes this long is lost. */
const TIMEOUT_DEFAULT_MS = 8_000;

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  token?: string;
  body?: unknown;
  /** For the few that work longer than a shopper would wait. */
  timeoutMs?: number;
}

export interface Answer<T> {
  status: number;
  body: T;
}

/**
 * Asks the shop once.
 *
 * @throws Refused when a service said no, Unanswered when no service's answer came
 */
export async function request<T>({
  method,
  path,
  token,
  body,
  timeoutMs = TIMEOUT_DEFAULT_MS,
}: Call): Promise<Answer<T>> {
  const headers: Record<string, string> = {};
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  if (body !== undefined) headers['content-type'] = 'application/json';
  let response: Response;
  let parsed: unknown;
  try {
    response = await fetch(path, {
      method,
      headers,
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    parsed = await response.json();
  } catch (error) {
    throw new Unanswered(error);
  }
  if (isFailAnswer(parsed)) throw refusalOf(parsed, response);
  // What is not ours, a proxy's page for one, says nothing about what the service did.
  if (!response.ok) throw new Unanswered(new Error(`HTTP ${response.status}`));
  return { status: response.status, body: parsed as T };
}

/** What a service says no with, as an error. */
export function refusalOf(answer: FailAnswer, response: Response): Refused {
  return new Refused({ answer, status: response.status, retryAfterMs: retryAfterOf(response) });
}

export function isFailAnswer(body: unknown): body is FailAnswer {
  return typeof body === 'object' && body !== null && 'status' in body && body.status === 'fail' && 'code' in body;
}

function retryAfterOf(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined;
}
