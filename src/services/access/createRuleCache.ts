import { LRUCache } from 'lru-cache';
import type { Sequelize } from 'sequelize';
import type { AccessEvent } from '../../domain/access/filter.js';
import { needsOf, parseRule, type Rule } from '../../domain/access/parseRule.js';
import type { Log } from '../../http/createLog.js';
import { findSaleEvent } from '../../stores/mysql/saleEvents.js';
import type { RedisStore } from '../../stores/redis/connectRedis.js';
import { readEvent } from '../../stores/redis/events.js';

/** Changes are announced; this is for the announcement that was missed. */
const FRESH_MS = 1_000;
const EVENTS_MAX = 10_000;

/** A rule with what it is decided by of its event. */
export interface EventRule {
  rule: Rule;
  event: AccessEvent;
  needsAllowList: boolean;
}

/**
 * What is known of an event's rule. `rule` is undefined when MySQL, which holds it, is away and only its version is known
 * (from Redis): decisions that were made under it can still be found, new ones cannot be made.
 */
export type KnownRule =
  | { code: 'RULE'; ruleVersion: number; rule: EventRule | undefined }
  | { code: 'UNREADABLE'; ruleVersion: number }
  | { code: 'UNKNOWN_EVENT' };

export interface RuleCache {
  /** @throws when neither MySQL nor what is remembered nor Redis knows */
  find(eventId: string): Promise<KnownRule>;
  /** @param eventId undefined: all of them */
  forget(eventId: string | undefined): void;
}

export interface RuleCacheOptions {
  sequelize: Sequelize;
  redis: RedisStore;
  log: Log;
}

/** Remembers each event's parsed rule for a second, and for as long as MySQL is away. */
export function createRuleCache({ sequelize, redis, log }: RuleCacheOptions): RuleCache {
  const remembered = new LRUCache<string, { known: KnownRule; freshUntilMs: number }>({ max: EVENTS_MAX });
  const underWay = new Map<string, Promise<KnownRule>>();
  let forgettings = 0;

  return {
    find(eventId) {
      const entry = remembered.get(eventId);
      if (entry !== undefined && performance.now() < entry.freshUntilMs) return Promise.resolve(entry.known);
      let loading = underWay.get(eventId);
      if (loading === undefined) {
        loading = load(eventId).finally(() => underWay.delete(eventId));
        underWay.set(eventId, loading);
      }
      return loading;
    },
    forget(eventId) {
      // Stale, not gone: it is still what we know should MySQL be away.
      forgettings += 1;
      const ids = eventId === undefined ? [...remembered.keys()] : [eventId];
      for (const id of ids) {
        const entry = remembered.peek(id);
        if (entry !== undefined) entry.freshUntilMs = 0;
      }
    },
  };

  async function load(eventId: string): Promise<KnownRule> {
    const forgettingsBefore = forgettings;
    try {
      const known = await readRule(eventId);
      // What was read while a change was announced may be from before it.
      const freshUntilMs = forgettings === forgettingsBefore ? performance.now() + FRESH_MS : 0;
      remembered.set(eventId, { known, freshUntilMs });
      return known;
    } catch (error) {
      log.debug({ err: error }, 'the rule could not be read from MySQL');
      return remembered.get(eventId)?.known ?? (await readVersion(eventId));
    }
  }

  async function readRule(eventId: string): Promise<KnownRule> {
    const event = await findSaleEvent(sequelize, eventId);
    if (event === undefined) return { code: 'UNKNOWN_EVENT' };
    const { ruleVersion } = event;
    const verdict = parseRule(event.rule);
    if (verdict.ok) {
      const needsAllowList = needsOf(verdict.rule).has('allowList');
      return { code: 'RULE', ruleVersion, rule: { rule: verdict.rule, event, needsAllowList } };
    }
    log.error({ eventId, issues: verdict.issues }, 'a stored rule cannot be read; nobody is eligible');
    return { code: 'UNREADABLE', ruleVersion };
  }

  async function readVersion(eventId: string): Promise<KnownRule> {
    const reading = await readEvent(redis, eventId);
    if (reading.code === 'NO_EVENT') throw new Error(`neither MySQL nor Redis can tell the rule of event ${eventId}`);
    return { code: 'RULE', ruleVersion: reading.event.ruleVersion, rule: undefined };
  }
}
