import type { LiveEventView, LiveFrame } from '../domain/wire/live.js';
import type { LiveNews } from '../client/staff/live.js';
import { addFrame, emptyHistory } from './state/history.js';
import type { Operation } from './state/operations.js';
import { refusalOf } from './state/refusal.js';
import { pressKey, type Dialog, type Key } from './state/ui.js';
import { isStale, type View } from './state/view.js';

export interface DashboardOptions extends Pick<View, 'deployment' | 'who' | 'isReadonly' | 'commandSuffix'> {
  /** Begins with everything about this event. */
  eventId: string | undefined;
  /** Does what was confirmed, or throws what went wrong. */
  run(operation: Operation): Promise<Outcome>;
  /** What to say about an error. */
  describe(error: unknown): string;
  quit(): void;
  interrupt(): void;
  now?: () => number;
}

/** What came of an operation: what to say about it, and the event as it is now. */
export interface Outcome {
  text: string;
  event?: LiveEventView;
}

/**
 * What the screen shows and what keys do, without a screen: news of the stream and keys come in, views go out. Draws nothing and
 * asks no service by itself.
 */
export interface Dashboard {
  view(): View;
  subscribe(onChange: () => void): () => void;
  receive(news: LiveNews): void;
  press(key: Key): void;
  interrupt(): void;
  /** Time has passed: countdowns and the age of the data go on without frames too. */
  tick(): void;
}

export function createDashboard(options: DashboardOptions): Dashboard {
  const { deployment, who, isReadonly, commandSuffix, eventId, now = () => performance.now() } = options;
  const listeners = new Set<() => void>();
  let view: View = {
    deployment,
    who,
    isReadonly,
    commandSuffix,
    feed: { frame: undefined, receivedAtMs: now(), away: undefined },
    history: emptyHistory,
    ui: {
      screen: eventId === undefined ? 'overview' : 'detail',
      selectedId: eventId,
      isHelpOpen: false,
      dialog: undefined,
      notice: undefined,
    },
    nowMs: now(),
  };
  const change = (changes: Partial<View>) => {
    view = { ...view, ...changes, nowMs: now() };
    for (const listener of listeners) listener();
  };
  const showDialog = (dialog: Dialog) => change({ ui: { ...view.ui, dialog } });
  const run = async (operation: Operation) => {
    try {
      const { text, event } = await options.run(operation);
      // The next frame is up to a second away, and the next key may not be.
      if (event !== undefined) change({ feed: { ...view.feed, frame: withChanged(view.feed.frame, event) } });
      showDialog({ step: 'done', operation, ok: true, text });
    } catch (error) {
      showDialog({ step: 'done', operation, ok: false, text: options.describe(error) });
    }
  };

  return {
    view: () => view,
    subscribe(onChange) {
      listeners.add(onChange);
      return () => void listeners.delete(onChange);
    },
    receive(news) {
      if (news.kind === 'away') {
        const { reason, sinceMs } = news;
        return change({ feed: { ...view.feed, away: { reason, sinceMs } } });
      }
      const { frame, receivedAtMs } = news;
      const before = view.feed.away === undefined ? view.feed.frame : undefined;
      const history = addFrame(view.history, before, frame);
      change({ feed: { frame, receivedAtMs, away: undefined }, history });
    },
    press(key) {
      const { frame, away } = view.feed;
      const { ui, effect } = pressKey(view.ui, key, {
        events: frame?.events ?? [],
        deadLetters: frame?.queues?.find(({ role }) => role === 'dead')?.ready ?? null,
        refusal: refusalOf(view),
        isLive: frame !== undefined && away === undefined && !isStale({ ...view, nowMs: now() }),
      });
      change({ ui });
      if (effect?.kind === 'quit') options.quit();
      if (effect?.kind === 'run') void run(effect.operation);
    },
    interrupt: () => options.interrupt(),
    tick: () => change({}),
  };
}

function withChanged(frame: LiveFrame | undefined, changed: LiveEventView): LiveFrame | undefined {
  if (frame === undefined || frame.events === null) return frame;
  return { ...frame, events: frame.events.map((event) => (event.id === changed.id ? changed : event)) };
}
