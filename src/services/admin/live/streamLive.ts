import type { ServerResponse } from 'node:http';
import { Refusal } from '../../../domain/errorCatalogue.js';
import type { StreamEnd } from '../../../domain/wire/live.js';
import { bearerToken } from '../../../http/bearerToken.js';
import type { Handler } from '../../../http/context.js';
import type { LiveFeed } from './createLiveFeed.js';

/** Each takes a frame a second, some 30 kB; more eyes than this do not look at one sale. */
const STREAMS_MAX = 50;
/** How often it is asked again who listens: who was disabled sees no more than this. */
const CHECK_INTERVAL_MS = 5_000;
const RETRY_MS = 1_000;
const RETRY_AFTER_SECONDS = 5;

export interface StreamOptions {
  feed: LiveFeed;
  /** @throws Refusal when the bearer may not, or no longer, look */
  checkToken(token: string): Promise<void>;
}

/**
 * `GET /admin/live`: Server-Sent Events, a `frame` every second, until the client goes away, the token expires, the member of staff
 * is disabled, or the service stops; then an `end` with the code of the reason is the last event. A client that reads slower
 * than frames come misses frames: none is kept for it.
 */
export function createStreamLive({ feed, checkToken }: StreamOptions): Handler {
  return (ctx) => {
    const token = bearerToken(ctx);
    if (feed.listeners >= STREAMS_MAX) throw new Refusal('OVERLOADED', {}, RETRY_AFTER_SECONDS);
    ctx.respond = false;
    const { res } = ctx;
    res.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'X-Request-Id': ctx.state.requestId,
      // What nginx asks before it collects an answer.
      'X-Accel-Buffering': 'no',
    });
    if (ctx.method === 'HEAD') return void res.end();
    res.write(`retry: ${RETRY_MS}\n\n`);
    const end = (code: StreamEnd['code']) => {
      res.end(`event: end\ndata: ${JSON.stringify({ code } satisfies StreamEnd)}\n\n`);
      stop();
    };
    const stopListening = feed.listen({
      onFrame: ({ sequence }, json) => writeFrame(res, sequence, json),
      onEnd: () => end('SHUTTING_DOWN'),
    });
    const watch = setInterval(() => {
      checkToken(token).catch((error: unknown) => {
        // A store that is away says nothing about the bearer.
        if (error instanceof Refusal && (error.code === 'TOKEN_EXPIRED' || error.code === 'TOKEN_INVALID'))
          end(error.code);
      });
    }, CHECK_INTERVAL_MS);
    const stop = () => {
      clearInterval(watch);
      stopListening();
    };
    res.on('error', stop);
    res.once('close', stop);
  };
}

function writeFrame(res: ServerResponse, sequence: number, json: string): void {
  if (res.writableEnded) return;
  if (!res.writableNeedDrain) res.write(`event: frame\nid: ${sequence}\ndata: ${json}\n\n`);
}
