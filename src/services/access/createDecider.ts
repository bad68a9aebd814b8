import type { Sequelize } from 'sequelize';
import { ACCOUNT, decide, type Decision } from '../../domain/access/decide.js';
import type { AccessUser } from '../../domain/access/filter.js';
import { isId } from '../../domain/id.js';
import type { AccessDecision, AccessPair } from '../../http/accessClient.js';
import type { Log } from '../../http/createLog.js';
import { findAllowed } from '../../stores/mysql/allowList.js';
import { findAccessUsers } from '../../stores/mysql/users.js';
import type { RedisStore } from '../../stores/redis/connectRedis.js';
import { readDecisions, writeDecisions } from '../../stores/redis/decisions.js';
import { readUserVersions } from '../../stores/redis/userVersions.js';
import type { EventRule, KnownRule, RuleCache } from './createRuleCache.js';

export interface DeciderOptions {
  sequelize: Sequelize;
  redis: RedisStore;
  rules: RuleCache;
  cacheSeconds: number;
  log: Log;
}

export interface Decided {
  decisions: AccessDecision[];
  undecided: AccessPair[];
}

/** A pair on its way to a decision. */
interface Case {
  pair: AccessPair;
  known: KnownRule | undefined;
  userVersion?: number;
  decision?: AccessDecision | undefined;
}

type RuleCase = Case & { known: KnownRule & { code: 'RULE' } };
type OpenCase = RuleCase & { known: { rule: EventRule } };

/**
 * Decides about many pairs with at most one look at each store for all of them: the rules (remembered in the process), the
 * cached decisions (Redis), then the users of the others and their places on allow lists (MySQL).
 *
 * A decision is cached under the versions of the rule and of the user that it was made for. Each change raises a version,
 * so what was decided before is never found again: nothing has to be deleted, and nothing can be deleted too early.
 *
 * Redis away: every decision is made anew. MySQL away: cached decisions still hold, the others stay undecided.
 */
export function createDecider({ sequelize, redis, rules, cacheSeconds, log }: DeciderOptions) {
  return async function decideAll(pairs: readonly AccessPair[]): Promise<Decided> {
    const cases = await findRules(pairs);
    const ruled = cases.filter(isRuleCase);
    await takeCached(ruled);
    await decideAnew(ruled.filter(isOpenCase));
    for (const open of cases) open.decision ??= decideWithoutRule(open);
    return {
      decisions: cases.flatMap(({ decision }) => decision ?? []),
      undecided: cases.filter(({ decision }) => decision === undefined).map(({ pair }) => pair),
    };
  };

  async function findRules(pairs: readonly AccessPair[]): Promise<Case[]> {
    const eventIds = [...new Set(pairs.map((pair) => pair.eventId))];
    const found = await Promise.allSettled(
      eventIds.map(async (id) => (isId(id) ? rules.find(id) : ({ code: 'UNKNOWN_EVENT' } as const))),
    );
    const byEvent = new Map(eventIds.map((id, index) => [id, found[index]!]));
    return pairs.map((pair) => {
      const result = byEvent.get(pair.eventId)!;
      return { pair, known: result.status === 'fulfilled' ? result.value : undefined };
    });
  }

  async function takeCached(cases: readonly RuleCase[]): Promise<void> {
    const askable = cases.filter(({ pair }) => isId(pair.userId));
    if (cacheSeconds === 0 || askable.length === 0) return;
    try {
      const versions = await readUserVersions(
        redis,
        askable.map(({ pair }) => pair.userId),
      );
      for (const [index, open] of askable.entries()) open.userVersion = versions[index] ?? 0;
      const texts = await readDecisions(redis, askable.map(nameOf));
      for (const [index, open] of askable.entries()) {
        const text = texts[index];
        if (text !== undefined) open.decision = toAnswer(open, JSON.parse(text) as Decision);
      }
    } catch (error) {
      log.debug({ err: error }, 'decisions could not be read from Redis');
    }
  }

  async function decideAnew(cases: readonly OpenCase[]): Promise<void> {
    const askable = cases.filter(({ pair }) => isId(pair.userId));
    const userIds = [...new Set(askable.map(({ pair }) => pair.userId))];
    const listed = askable.filter(({ known }) => known.rule.needsAllowList).map(({ pair }) => pair);
    let users: Map<string, AccessUser>;
    let allowed: Awaited<ReturnType<typeof findAllowed>>;
    try {
      [users, allowed] = await Promise.all([findAccessUsers(sequelize, userIds), findAllowed(sequelize, listed)]);
    } catch (error) {
      log.warn({ err: error, pairs: cases.length }, 'users could not be read from MySQL; pairs stay undecided');
      return;
    }
    const nowMs = Date.now();
    for (const open of cases) {
      const { userId, eventId } = open.pair;
      const { rule, event } = open.known.rule;
      const user = users.get(userId);
      const isAllowed = allowed.get(eventId)?.has(userId) === true;
      const decision: Decision =
        user === undefined
          ? { eligible: false, reason: 'unknown user', filter: ACCOUNT }
          : decide(rule, { user: { ...user, isAllowed }, event, nowMs });
      open.decision = toAnswer(open, decision);
    }
    await cache(cases.filter(({ pair }) => users.has(pair.userId)));
  }

  async function cache(cases: readonly RuleCase[]): Promise<void> {
    const versioned = cases.filter((made) => made.userVersion !== undefined);
    if (versioned.length === 0) return;
    try {
      const texts = versioned.map((made) => ({ ...nameOf(made), text: JSON.stringify(toDecision(made.decision!)) }));
      await writeDecisions(redis, texts, cacheSeconds);
    } catch (error) {
      log.debug({ err: error }, 'decisions could not be cached in Redis');
    }
  }
}

function isRuleCase(open: Case): open is RuleCase {
  return open.known?.code === 'RULE';
}

function isOpenCase(open: RuleCase): open is OpenCase {
  return open.decision === undefined && open.known.rule !== undefined;
}

function nameOf({ pair, known, userVersion = 0 }: RuleCase) {
  return { ...pair, ruleVersion: known.ruleVersion, userVersion };
}

function toAnswer({ pair, known }: RuleCase, decision: Decision): AccessDecision {
  return { ...pair, ruleVersion: known.ruleVersion, ...decision };
}

function toDecision(answer: AccessDecision): Decision {
  if (answer.eligible) return { eligible: true };
  return { eligible: false, reason: answer.reason, filter: answer.filter };
}

function decideWithoutRule({ pair, known }: Case): AccessDecision | undefined {
  if (known === undefined || known.code === 'RULE') return undefined;
  if (known.code === 'UNKNOWN_EVENT')
    return { ...pair, ruleVersion: 0, eligible: false, reason: 'unknown event', filter: 'event' };
  const { ruleVersion } = known;
  return { ...pair, ruleVersion, eligible: false, reason: "the event's rule cannot be read", filter: 'rule' };
}
