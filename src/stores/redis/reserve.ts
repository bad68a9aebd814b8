import type { RedisStore } from './connectRedis.js';

/** One buyer in a batch. The ids contain letters and digits only: the script keeps them in delimited records. */
export interface Buyer {
  userId: string;
  orderId: string;
  quantity: number;
  ticketId: string;
  ruleVersion: number;
}

export type ReserveAnswer =
  | { code: 'OK'; sequence: number }
  | { code: 'SOLD_OUT' }
  | { code: 'ALREADY_ORDERED'; orderId: string }
  | { code: 'LIMIT_REACHED'; orderId: string }
  | { code: 'TOO_MANY'; retryAfterMs: number }
  | { code: 'OVERLOADED' }
  | { code: 'TICKET_STALE' };

type ReserveVerdict = 'OK' | 'NO_EVENT' | 'STALE' | 'FENCED' | 'CLOSED' | 'ENDED' | 'PAUSED' | 'NOT_STARTED';

export interface ReserveResult {
  verdict: ReserveVerdict;
  /** Redis' clock, ms since 1970 UTC. */
  nowMs: number;
  /** Units left after this batch. */
  available: number;
  /** Rises whenever units return; with the fence it names one state of "nobody new can have bought". */
  stockVersion: number;
  fence: string;
  priceCents: number;
  purchaseLimit: number;
  startsAtMs: number;
  /** The event's own limits; undefined where it has none. */
  queueFactor: number | undefined;
  maxInFlight: number | undefined;
  /** One for each buyer, in their order; empty unless the verdict is OK. */
  answers: ReserveAnswer[];
}

export interface ReserveRequest {
  eventId: string;
  fence: string;
  pendingMax: number;
  /** For an event without limits of its own. */
  userRatePerSecond: number;
  userBurst: number;
  buyers: readonly Buyer[];
}

/** Reserves units for a batch of buyers in one script call; see `scripts/reserve.lua` for the order of the checks. */
export async function reserve(redis: RedisStore, request: ReserveRequest): Promise<ReserveResult> {
  const { eventId, buyers } = request;
  const bucketPrefix = redis.keys.bucketPrefix(eventId);
  const keys = [redis.keys.event(eventId), redis.keys.buyers(eventId), redis.keys.pending(eventId)];
  const args: (string | number)[] = [request.fence, request.pendingMax, request.userRatePerSecond, request.userBurst];
  for (const buyer of buyers) {
    keys.push(bucketPrefix + buyer.userId);
    args.push(buyer.userId, buyer.orderId, buyer.quantity, buyer.ticketId, buyer.ruleVersion);
  }
  const reply = (await redis.run('reserve', keys, args)) as (string | number)[];
  return {
    verdict: reply[0] as ReserveVerdict,
    nowMs: reply[1] as number,
    available: reply[2] as number,
    stockVersion: reply[3] as number,
    fence: reply[4] as string,
    priceCents: reply[5] as number,
    purchaseLimit: reply[6] as number,
    startsAtMs: reply[7] as number,
    queueFactor: reply[8] === '' ? undefined : Number(reply[8]),
    maxInFlight: reply[9] === '' ? undefined : Number(reply[9]),
    answers: parseAnswers(reply),
  };
}

/** Where the answers begin in the reply, after what is said of the event. */
const ANSWERS_START = 10;

function parseAnswers(reply: readonly (string | number)[]): ReserveAnswer[] {
  const answers: ReserveAnswer[] = [];
  for (let index = ANSWERS_START; index < reply.length; index += 2) {
    const code = reply[index] as ReserveAnswer['code'];
    const detail = reply[index + 1];
    switch (code) {
      case 'OK':
        answers.push({ code, sequence: Number(detail) });
        break;
      case 'ALREADY_ORDERED':
      case 'LIMIT_REACHED':
        answers.push({ code, orderId: String(detail) });
        break;
      case 'TOO_MANY':
        answers.push({ code, retryAfterMs: Number(detail) });
        break;
      default:
        answers.push({ code });
    }
  }
  return answers;
}
