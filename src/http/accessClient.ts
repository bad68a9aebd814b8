import { Pool } from 'undici';
import { Refusal } from '../domain/errorCatalogue.js';

export interface AccessPair {
  userId: string;
  eventId: string;
}

export type AccessDecision = AccessPair & { ruleVersion: number } & (
    { eligible: true } | { eligible: false; reason: string; filter: string }
  );

/** `POST /access/check`. A pair that is in neither list was not asked about. */
export interface AccessCheckAnswer {
  status: 'success';
  decisions: AccessDecision[];
  /** Pairs about which nothing can be said, because a store is away. */
  undecided: AccessPair[];
}

export interface AccessClient {
  /** @throws Refusal STORE_UNAVAILABLE when the access service, or a store it needs, does not answer in time */
  check(pair: AccessPair): Promise<AccessDecision>;
  close(): Promise<void>;
}

export interface AccessClientOptions {
  url: string;
  serviceToken: string;
  timeoutMs: number;
}

/** Pairs in one request; the service takes as many. */
export const ACCESS_PAIRS_MAX = 256;
/** Requests under way at once. While all are, questions gather for the next one. */
const REQUESTS_MAX = 4;

/** Questions that wait, beyond which new ones are refused: answering them would come too late for anybody. */
const WAITING_MAX = 10_000;

interface Question {
  pair: AccessPair;
  askedAtMs: number;
  resolve: (decision: AccessDecision) => void;
  reject: (error: unknown) => void;
}

/**
 * Asks the access service over connections that stay open. Questions of the same turn of the event loop travel in one
 * request, and so do those that gather while requests are under way: at the start of a sale, ten thousand buyers ask
 * within a second.
 */
export function createAccessClient({ url, serviceToken, timeoutMs }: AccessClientOptions): AccessClient {
  const { origin, pathname } = new URL(url);
  const path = `${pathname.replace(/\/$/, '')}/access/check`;
  const pool = new Pool(origin, { connections: REQUESTS_MAX, connect: { timeout: timeoutMs } });
  let waiting: Question[] = [];
  let underWay = 0;
  let isScheduled = false;

  return {
    check(pair) {
      if (waiting.length >= WAITING_MAX) return Promise.reject(new Refusal('OVERLOADED', {}, 1));
      return new Promise((resolve, reject) => {
        waiting.push({ pair, askedAtMs: performance.now(), resolve, reject });
        schedule();
      });
    },
    close: () => pool.close(),
  };

  function schedule(): void {
    if (isScheduled || underWay >= REQUESTS_MAX) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      while (waiting.length > 0 && underWay < REQUESTS_MAX) {
        const questions = waiting.slice(0, ACCESS_PAIRS_MAX);
        waiting = waiting.slice(ACCESS_PAIRS_MAX);
        const isLate = ({ askedAtMs }: Question) => performance.now() - askedAtMs > timeoutMs;
        for (const late of questions.filter(isLate)) late.reject(unavailable());
        const inTime = questions.filter((question) => !isLate(question));
        if (inTime.length > 0) void send(inTime);
      }
    });
  }

  async function send(questions: readonly Question[]): Promise<void> {
    underWay += 1;
    try {
      answer(questions, await ask(questions.map((question) => question.pair)));
    } catch (error) {
      for (const question of questions) question.reject(error);
    } finally {
      underWay -= 1;
      if (waiting.length > 0) schedule();
    }
  }

  async function ask(pairs: readonly AccessPair[]): Promise<AccessCheckAnswer> {
    let statusCode: number;
    let text: string;
    try {
      const response = await pool.request({
        method: 'POST',
        path,
        headers: { authorization: `Bearer ${serviceToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ pairs }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      statusCode = response.statusCode;
      text = await response.body.text();
    } catch {
      throw unavailable();
    }
    if (statusCode >= 500) throw unavailable();
    if (statusCode !== 200)
      throw new Error(`the access service answered ${statusCode}: is SPIKE_SERVICE_TOKEN the same?`);
    return JSON.parse(text) as AccessCheckAnswer;
  }
}

function answer(questions: readonly Question[], { decisions }: AccessCheckAnswer): void {
  const byPair = new Map(decisions.map((decision) => [nameOf(decision), decision]));
  for (const { pair, resolve, reject } of questions) {
    const decision = byPair.get(nameOf(pair));
    if (decision === undefined) reject(unavailable());
    else resolve(decision);
  }
}

function nameOf({ userId, eventId }: AccessPair): string {
  return `${userId} ${eventId}`;
}

function unavailable(): Refusal {
  return new Refusal('STORE_UNAVAILABLE', { store: 'access' }, 1);
}
