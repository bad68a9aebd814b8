import type { LiveEventView, LiveFrame } from '../../domain/wire/live.js';
import type { StaffRole } from '../../domain/staffRole.js';
import type { History } from './history.js';
import type { UiState } from './ui.js';

/** Everything that the screen is drawn from. */
export interface View {
  /** The deployment, as the operator names it: `staging https://shop.example`. */
  deployment: string;
  who: { username: string; role: StaffRole };
  /** Nothing can be changed from this screen, whatever the role. */
  isReadonly: boolean;
  /** Behind every command line that is shown: ` --context staging` where that was asked for. */
  commandSuffix: string;
  feed: Feed;
  history: History;
  ui: UiState;
  /** By `performance.now()`, as the times in `feed`. */
  nowMs: number;
}

/** What came of the stream. */
interface Feed {
  frame: LiveFrame | undefined;
  receivedAtMs: number;
  /** Why no frames come, and since when; undefined while they do. */
  away: { reason: string; sinceMs: number } | undefined;
}

/** A frame older than this is not the present any more: two have not come. */
const FRESH_MAX_MS = 2_500;

export function frameAgeMs({ feed, nowMs }: Pick<View, 'feed' | 'nowMs'>): number {
  return Math.max(0, nowMs - feed.receivedAtMs);
}

export function isStale(view: Pick<View, 'feed' | 'nowMs'>): boolean {
  return view.feed.frame !== undefined && frameAgeMs(view) > FRESH_MAX_MS;
}

/** The clock of the admin service at this moment, ms since 1970: countdowns go by it, not by the clock of this machine. */
export function serverNowMs(view: Pick<View, 'feed' | 'nowMs'>): number {
  const { frame } = view.feed;
  return frame === undefined ? Date.now() : Date.parse(frame.at) + frameAgeMs(view);
}

/** The event that keys act on. */
export function selectedEvent({ feed, ui }: Pick<View, 'feed' | 'ui'>): LiveEventView | undefined {
  const events = feed.frame?.events ?? [];
  return events.find(({ id }) => id === ui.selectedId) ?? events[0];
}
