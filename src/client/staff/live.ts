import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveFrame, StreamEnd } from '../../domain/wire/live.js';
import type { FrameAnswer } from '../answers.js';
import type { Http } from '../createHttp.js';
import { ServiceRefusal, ServiceUnreachable } from '../errors.js';
import type { Calls } from './calls.js';
import { readEvents } from '../readEvents.js';

/** What happens to who watches: a frame came, or the stream is away and is asked for again. */
export type LiveNews =
  { kind: 'frame'; frame: LiveFrame; receivedAtMs: number } | { kind: 'away'; reason: string; sinceMs: number };

export interface LiveOptions {
  signal?: AbortSignal | undefined;
}

/** A frame comes every second: after some that did not, the connection is as good as gone. */
const SILENCE_MAX_MS = 5_000;
const RECONNECT_DELAY_MS = 500;
const RECONNECT_DELAY_MAX_MS = 3_000;

export function liveCalls({ get }: Calls, http: Http, token: string | undefined) {
  return {
    /** The frame of this moment. */
    showFrame: () => get<FrameAnswer>('/live/once'),
    /**
     * Frame after frame. When the stream breaks off it says so, and asks again until it is back; times are those of
     * `performance.now()`, so that the age of a frame is told without trusting two clocks.
     *
     * @throws ServiceRefusal when the token is not, or no longer, good for it
     */
    live: (options: LiveOptions = {}) => watch(http, token, options),
  };
}

async function* watch(http: Http, token: string | undefined, { signal }: LiveOptions): AsyncGenerator<LiveNews> {
  let delayMs = RECONNECT_DELAY_MS;
  let awaySinceMs: number | undefined;
  for (;;) {
    let reason = 'the stream ended';
    try {
      for await (const { event, data } of readEvents(
        http.stream(call(token), { silenceMaxMs: SILENCE_MAX_MS, signal }),
      )) {
        if (event === 'end') reason = endReason(data);
        if (event !== 'frame') continue;
        awaySinceMs = undefined;
        delayMs = RECONNECT_DELAY_MS;
        yield { kind: 'frame', frame: JSON.parse(data) as LiveFrame, receivedAtMs: performance.now() };
      }
    } catch (error) {
      if (!isOutage(error)) throw error;
      reason = error.message;
    }
    awaySinceMs ??= performance.now();
    yield { kind: 'away', reason, sinceMs: awaySinceMs };
    await sleep(delayMs, undefined, signal === undefined ? {} : { signal });
    delayMs = Math.min(delayMs * 1.5, RECONNECT_DELAY_MAX_MS);
  }
}

function call(token: string | undefined) {
  return { path: '/admin/live', token };
}

function isOutage(error: unknown): error is Error {
  if (error instanceof ServiceRefusal) return error.status >= 500 || error.status === 429;
  return error instanceof ServiceUnreachable;
}

const endReasons: Readonly<Record<StreamEnd['code'], string>> = {
  SHUTTING_DOWN: 'the admin service stops',
  TOKEN_EXPIRED: 'the token has expired',
  TOKEN_INVALID: 'the token is not valid any more',
};

function endReason(data: string): string {
  const { code } = JSON.parse(data) as StreamEnd;
  return endReasons[code] ?? code;
}
