import { Unanswered } from '../../src/api/failures.js';
import { isFailAnswer, refusalOf } from '../../src/api/request.js';
import { readEvents, type ServerEvent } from '../../../src/client/readEvents.js';

/** A frame comes every second: after some that did not, the connection is as good as gone. */
const SILENCE_MAX_MS = 5_000;

/**
 * `GET /admin/live`, event after event, until it ends, breaks off or falls silent. The browser's own EventSource is not used because it
 * sends no token but in the address, where logs would keep it.
 *
 * @throws Refused when the service says no, Unanswered when it can't be reached or has fallen silent
 */
export async function* openStream(token: string, signal: AbortSignal): AsyncGenerator<ServerEvent> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MAX_MS);
  const heard = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), SILENCE_MAX_MS);
  };
  try {
    const response = await fetch('/admin/live', {
      headers: { authorization: `Bearer ${token}` },
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.any([signal, silence.signal]),
    });
    if (!response.ok || response.body === null) throw await whyNot(response);
    yield* readEvents(readText(response.body, heard));
  } catch (error) {
    throw error instanceof TypeError || error instanceof DOMException ? new Unanswered(error) : error;
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}

async function whyNot(response: Response): Promise<Error> {
  const body: unknown = await response.json().catch(() => undefined);
  return isFailAnswer(body) ? refusalOf(body, response) : new Unanswered(new Error(`HTTP ${response.status}`));
}

async function* readText(body: ReadableStream<Uint8Array>, heard: () => void): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    heard();
    yield decoder.decode(value, { stream: true });
  }
}
