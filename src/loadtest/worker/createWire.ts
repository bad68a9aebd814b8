import { Pool } from 'undici';

/** What came back for one request. */
export interface WireAnswer {
  /** 0 when nothing did. */
  status: number;
  /** Of a refusal; of a transport error its cause (`ECONNRESET`), `NOT_OURS` for what speaks otherwise than our services; '' for a success. */
  code: string;
  /** The fields of a success. */
  body: Readonly<Record<string, unknown>>;
  /** From Retry-After; undefined without one. */
  retryAfterMs: number | undefined;
}

export interface WireOptions {
  /** Origin, with a path in front of the routes if there is one. */
  url: string;
  connections: number;
  answerTimeoutMs: number;
}

export interface Wire {
  /** Never fails: what goes wrong is an answer with status 0. */
  send(method: 'GET' | 'POST', path: string, token: string): Promise<WireAnswer>;
  /** Ends all connections at once; what is under way is answered with an error. */
  destroy(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 5_000;

/**
 * HTTP over connections that stay open, one request at a time on each. Below the convenient interface of undici: its `request`
 * takes twice as long for one answer, and what the tool takes of the machine the system cannot have.
 */
export function createWire({ url, connections, answerTimeoutMs }: WireOptions): Wire {
  const { origin, pathname } = new URL(url);
  const prefix = pathname.replace(/\/+$/, '');
  const pool = new Pool(origin, {
    connections,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    headersTimeout: answerTimeoutMs,
    bodyTimeout: answerTimeoutMs,
  });

  return {
    send: (method, path, token) =>
      new Promise((resolve) => {
        let status = 0;
        let retryAfter: string | undefined;
        const chunks: Buffer[] = [];
        const headers = { accept: 'application/json', authorization: `Bearer ${token}` };
        pool.dispatch(
          { method, path: prefix + path, headers, body: null },
          {
            onRequestStart: () => undefined,
            onResponseStart(_controller, statusCode, answered) {
              status = statusCode;
              const given = answered['retry-after'];
              retryAfter = Array.isArray(given) ? given[0] : given;
            },
            onResponseData(_controller, chunk) {
              chunks.push(chunk);
            },
            onResponseEnd: () => resolve(readAnswer(status, Buffer.concat(chunks).toString(), retryAfter)),
            onResponseError: (_controller, error) => resolve(failed(codeOf(error))),
          },
        );
      }),
    destroy: () => pool.destroy(),
  };
}

function readAnswer(status: number, text: string, retryAfter: string | undefined): WireAnswer {
  const seconds = Number(retryAfter);
  const retryAfterMs = retryAfter !== undefined && Number.isFinite(seconds) ? seconds * 1_000 : undefined;
  const body = parse(text);
  if (body?.status === 'success' && status < 300) return { status, code: '', body, retryAfterMs };
  if (body?.status === 'fail' && typeof body.code === 'string') return { status, code: body.code, body, retryAfterMs };
  return { ...failed('NOT_OURS'), retryAfterMs };
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function failed(code: string): WireAnswer {
  return { status: 0, code, body: {}, retryAfterMs: undefined };
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
