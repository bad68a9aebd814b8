import type { AlertLevel, AlertView, LiveEventView, LiveFrame } from './wire/live.js';

/** What is judged: a frame without its alerts, and what only the gatherer knows. */
export interface Judged extends Pick<LiveFrame, 'events' | 'queues' | 'processes' | 'stores'> {
  /** When it was gathered, by the clock of the admin service. */
  nowMs: number;
  /** Event id → reservations that have been pending for too long. */
  stuck: ReadonlyMap<string, number>;
  /** Ids of events whose stock Redis does not have in good order. */
  rebuilding: ReadonlySet<string>;
}

/** The stores are read one after the other: a sum counts as wrong when it was in so many frames in a row. */
const FRAMES_UNTIL_WRONG = 4;
/** Units that move in a frame may be seen here and not yet there, or in both places. */
const MOVED_FACTOR = 3;
/** How long a restart is worth a line. */
const RESTART_SHOWN_MS = 60_000;

const order: Readonly<Record<AlertLevel, number>> = { critical: 0, warning: 1, info: 2 };

/**
 * Finds in a row of frames what an operator should look at. It only does sums: `spikectl audit` proves them by ids. What moves
 * from one store to the other between two looks is not a fault, so a sum that does not add up is allowed as many units as have
 * just moved, and must stay wrong for some frames; in a sale that stands still nothing moves, and nothing is allowed.
 */
export function createAlertJudge(): (judged: Judged) => AlertView[] {
  const seen = new Map<string, Seen>();
  return (judged) => {
    const events = judged.events ?? [];
    const ids = new Set(events.map(({ id }) => id));
    for (const id of seen.keys()) if (!ids.has(id)) seen.delete(id);
    const alerts = [
      ...judged.stores.filter(({ status }) => status === 'away').map(storeAway),
      ...events.flatMap((event) => judgeStock(seen, event)),
      ...judgeQueues(judged),
      ...events.flatMap((event) => judgeReservations(event, judged)),
      ...judgeProcesses(judged),
    ];
    return alerts.sort((a, b) => order[a.level] - order[b.level]);
  };
}

/** What is remembered of an event: where its units were, and for how many frames the sum has been wrong. */
interface Seen {
  available: number;
  pending: number;
  sold: number;
  wrongFrames: number;
}

function judgeStock(seen: Map<string, Seen>, { id, quantity, available, pending, sold }: LiveEventView): AlertView[] {
  if (available === null || pending === null || sold === null) {
    seen.delete(id);
    return [];
  }
  const before = seen.get(id);
  const moved =
    before === undefined
      ? quantity
      : Math.abs(available - before.available) + Math.abs(pending - before.pending) + Math.abs(sold - before.sold);
  const drift = available + pending + sold - quantity;
  const isWrong = Math.abs(drift) > MOVED_FACTOR * moved;
  const wrongFrames = isWrong ? (before?.wrongFrames ?? 0) + 1 : 0;
  seen.set(id, { available, pending, sold, wrongFrames });
  if (sold > quantity || available < 0) {
    const over = Math.max(sold - quantity, -available);
    return [
      alert(
        'critical',
        'OVERSOLD',
        `Event ${id}: ${over} units more are promised than there are.`,
        id,
        `spikectl audit ${id}`,
      ),
    ];
  }
  if (wrongFrames < FRAMES_UNTIL_WRONG) return [];
  const what = drift > 0 ? `${drift} units too many` : `${-drift} units missing`;
  const text = `Event ${id}: available + pending + sold is not ${quantity}, ${what}.`;
  return [alert('critical', 'STOCK_DOES_NOT_ADD_UP', text, id, `spikectl audit ${id}`)];
}

function judgeReservations({ id }: LiveEventView, { stuck, rebuilding }: Judged): AlertView[] {
  const alerts: AlertView[] = [];
  const count = stuck.get(id) ?? 0;
  if (rebuilding.has(id)) {
    const text = `Event ${id}: its stock is being rebuilt; purchases wait.`;
    alerts.push(alert('critical', 'STOCK_REBUILDING', text, id, `spikectl event show ${id}`));
  }
  if (count > 0) {
    const text = `Event ${id}: ${plural(count, 'reservation')} pending for too long.`;
    alerts.push(alert('warning', 'STUCK_RESERVATIONS', text, id, `spikectl audit ${id}`));
  }
  return alerts;
}

function judgeQueues({ queues }: Judged): AlertView[] {
  return (queues ?? []).flatMap(({ role, ready, consumers }) => {
    if (role === 'orders') {
      if (consumers > 0) return [];
      const text = `Nobody consumes the order queue; ${plural(ready, 'message')} wait.`;
      return [alert('critical', 'NO_CONSUMER', text, null, 'spikectl status')];
    }
    if (ready === 0) return [];
    return [
      alert('warning', 'DEAD_LETTERS', `${plural(ready, 'dead letter')} to look at.`, null, 'spikectl queue peek'),
    ];
  });
}

function judgeProcesses({ processes, nowMs }: Judged): AlertView[] {
  return (processes ?? []).flatMap(({ service, instance, restarts, startedAt }) => {
    const ageMs = nowMs - Date.parse(startedAt);
    if (restarts === 0 || ageMs > RESTART_SHOWN_MS) return [];
    const text = `${service} ${instance} started again ${Math.max(0, Math.round(ageMs / 1_000))} s ago (${plural(restarts, 'restart')}).`;
    return [alert('warning', 'PROCESS_RESTARTED', text, null, `spikectl daemon logs ${service}`)];
  });
}

function storeAway({ name }: { name: string }): AlertView {
  const consequences: Readonly<Record<string, string>> = {
    mysql: 'orders wait in the queue',
    redis: 'purchases are refused with 503',
    rabbitmq: 'purchases are answered 202 and wait in Redis',
  };
  const text = `${name} does not answer: ${consequences[name] ?? 'the sale may stand still'}.`;
  return alert('critical', 'STORE_AWAY', text, null, 'spikectl doctor');
}

function alert(
  level: AlertLevel,
  code: AlertView['code'],
  text: string,
  eventId: string | null,
  next: string,
): AlertView {
  return { level, code, text, eventId, next };
}

function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
