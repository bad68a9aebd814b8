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

/** Asks over real HTTP: `ask('POST', url, { token, body })`. A body that is not JSON comes back as text. */
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
  let parsed: unknown = text;
  try {
    parsed = JSON.parse(text);
  } catch {
    // The page and the metrics are not JSON.
  }
  return { status: response.status, headers: response.headers, body: parsed };
}
