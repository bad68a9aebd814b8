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

/** Longer than whatever a service waits for, the ingress for a silent service included; shorter than a test may take. */
const ANSWER_DEADLINE_MS = 50_000;

/** Nobody answered, neither yes nor no: a connection that hangs. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/**
 * Asks over real HTTP: `ask('POST', url, { token, body })`. A body that is not JSON comes back as text.
 *
 * @throws NoAnswer after 50 s, so that a hang tells its place
 * @throws Error when the answer is not as docs/openapi.json describes it: a status, a code or a field that nobody was told of
 */
export async function ask(
  method: string,
  url: string,
  { token, body, headers = {} }: Question = {},
): Promise<Answered> {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  const { response, text } = await answered(url, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isRaw ? (body as NonNullable<RequestInit['body']>) : JSON.stringify(body) }),
  });
  const parsed = parse(text);
  const answer = { status: response.status, headers: response.headers, body: parsed };
  const issues = answerIssues(method, url, isRaw ? parse(String(body)) : body, answer);
  if (issues.length > 0) throw new Error(`Not what docs/openapi.json says:\n${issues.join('\n')}`);
  return answer;
}

async function answered(url: string, request: RequestInit): Promise<{ response: Response; text: string }> {
  const signal = AbortSignal.timeout(ANSWER_DEADLINE_MS);
  try {
    const response = await fetch(url, { ...request, signal });
    return { response, text: await response.text() };
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new NoAnswer(`${request.method} ${url}: no answer within ${ANSWER_DEADLINE_MS} ms`, { cause: error });
  }
}

/** The page and the metrics are not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
