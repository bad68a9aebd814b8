import { answerIssues } from './contract.js';

/** An answer as a test looks at it. */
export interface Answered {
  status: number;
  headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look at whatever came
  body: any;
}

export interface Question {
  token?: string | undefined;
  /** Sent as JSON; a string or bytes are sent as they are. */
  body?: unknown;
  headers?: Record<string, string>;
}

/**
 * Asks over real HTTP: `ask('POST', url, { token, body })`. A body that is not JSON comes back as text.
 *
 * @throws when the answer is not as docs/openapi.json describes it: a status, a code or a field that nobody was told of
 */
export async function ask(
  method: string,
  url: string,
  { token, body, headers = {} }: Question = {},
): Promise<Answered> {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  const response = await fetch(url, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isRaw ? (body as NonNullable<RequestInit['body']>) : JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed = parse(text);
  const answered = { status: response.status, headers: response.headers, body: parsed };
  const issues = answerIssues(method, url, isRaw ? parse(String(body)) : body, answered);
  if (issues.length > 0) throw new Error(`Not what docs/openapi.json says:\n${issues.join('\n')}`);
  return answered;
}

/** The page and the metrics are not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
