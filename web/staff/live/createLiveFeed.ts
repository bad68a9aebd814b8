import { signal, type ReadonlySignal } from '@preact/signals';
import type { LiveFrame } from '../../../src/domain/wire/live.js';
import { Refused, Unanswered } from '../../src/api/failures.js';
import type { StaffSession } from '../session/createStaffSession.js';
import { addFrame, emptyHistory, type History } from './history.js';
import { openStream } from './openStream.js';

export interface LiveFeed {
  /** The newest frame, however old. */
  frame: ReadonlySignal<LiveFrame | undefined>;
  /** When it came, by `performance.now()`. */
  receivedAtMs: ReadonlySignal<number>;
  /** Whether frames come. */
  isConnected: ReadonlySignal<boolean>;
  /** What all frames since the page was opened have shown. */
  history: ReadonlySignal<History>;
  /** By the clock of the admin service, ms since 1970; this machine's until a frame has come. */
  nowMs(): number;
  /** Watches for as long as somebody is logged in. @returns ends it */
  start(): () => void;
}

const RETRY_MS = 500;
const RETRY_MAX_MS = 3_000;
/** A frame is gathered before it travels: of the last ones, the one that took least tells the time best. */
const CLOCK_FRAMES = 30;

/**
 * Watches the whole system over one stream, whatever the page shows: so the plots know the sale since the page was opened. A stream that
 * breaks off is asked for again until it is back; a frame that is missed leaves a gap in the plots and nothing else.
 */
export function createLiveFeed(session: StaffSession): LiveFeed {
  const frame = signal<LiveFrame>();
  const receivedAtMs = signal(0);
  const isConnected = signal(false);
  const history = signal(emptyHistory);
  let offsets: number[] = [];
  const offset = signal<number>();

  return {
    frame,
    receivedAtMs,
    isConnected,
    history,
    nowMs: () => (offset.value === undefined ? Date.now() : performance.now() + offset.value),
    start() {
      const stop = new AbortController();
      void watch(stop.signal);
      return () => stop.abort();
    },
  };

  async function watch(stop: AbortSignal): Promise<void> {
    let delayMs = RETRY_MS;
    while (!stop.aborted) {
      const cameBefore = receivedAtMs.peek();
      await follow(stop);
      isConnected.value = false;
      delayMs = receivedAtMs.peek() > cameBefore ? RETRY_MS : Math.min(delayMs * 1.5, RETRY_MAX_MS);
      await wait(delayMs, stop);
    }
  }

  async function follow(stop: AbortSignal): Promise<void> {
    const login = session.login.peek();
    if (login === undefined || session.isLost.peek()) return;
    try {
      for await (const { event, data } of openStream(login.token, stop)) {
        if (event === 'frame') take(JSON.parse(data) as LiveFrame);
        if (Date.now() >= login.renewAtMs && session.login.peek()?.token === login.token) renewInBackground();
        if (event === 'end') await deal((JSON.parse(data) as { code: string }).code, login.token);
      }
    } catch (error) {
      if (error instanceof Refused) await deal(error.code, login.token);
      else if (!(error instanceof Unanswered) && !stop.aborted) throw error;
    }
  }

  async function deal(code: string, token: string): Promise<void> {
    if (code === 'TOKEN_EXPIRED') await session.renew().catch(warn);
    if (code === 'TOKEN_INVALID') session.lose(token);
  }

  function renewInBackground(): void {
    session.renew().catch(warn);
  }

  function take(next: LiveFrame): void {
    const nowMs = performance.now();
    offsets = [...offsets.slice(1 - CLOCK_FRAMES), Date.parse(next.at) - nowMs];
    offset.value = Math.max(...offsets);
    history.value = addFrame(history.peek(), frame.peek(), next);
    frame.value = next;
    receivedAtMs.value = nowMs;
    isConnected.value = true;
  }
}

function warn(error: unknown): void {
  console.warn('the login could not be renewed yet', error);
}

function wait(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    stop.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
