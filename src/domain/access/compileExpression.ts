import { Environment, ParseError, type ASTNode, type ParseResult } from '@marcbachmann/cel-js';
import { LRUCache } from 'lru-cache';
import { didYouMean } from '../didYouMean.js';
import { ageInYears } from './ageInYears.js';
import type { Facts } from './filter.js';

/** An expression that can be evaluated. */
export interface Program {
  /** @throws when it cannot be decided: a field that it needs is not known, or a value cannot be computed */
  isTrue(facts: Facts): boolean;
  /** The fields of `user` that it names. */
  userFields: ReadonlySet<string>;
  readsEvent: boolean;
  /** The fields of `event` that it names and that are not decided yet. */
  missingOf(event: Facts['event']): string[];
}

export type Compiled =
  { ok: true; program: Program } | { ok: false; /** With its place: `line 1:6: there is no …` */ fault: string };

/** Somewhat more than a screen's width a dozen times over; what is longer belongs into lists that staff keep. */
export const EXPRESSION_LENGTH_MAX = 1_000;
/** A literal, a name and an operator are one each. Nothing loops, so this bounds the steps of an evaluation too. */
const NODES_MAX = 300;
/** The parser recurses. */
const DEPTH_MAX = 30;
/** Compiled expressions that are remembered, a few kB each. */
const PROGRAMS_MAX = 1_000;

const TIMESTAMP = 'google.protobuf.Timestamp';
const fields = {
  user: { id: 'string', age: 'int', workStatus: 'string', registeredAt: TIMESTAMP },
  event: {
    id: 'string',
    title: 'string',
    commodityId: 'string',
    priceCents: 'int',
    quantity: 'int',
    startsAt: TIMESTAMP,
    endsAt: TIMESTAMP,
  },
} as const;

/**
 * Only what takes time in proportion to its text. The macros over lists (`all`, `exists`, `map`, …) and `cel.bind` would
 * multiply when they are nested, `matches` can backtrack for hours over a work status that a shopper chose, and `dyn` would
 * take a field past the type check.
 */
const functions: ReadonlySet<string> = new Set([
  ...['has', 'size', 'int', 'double', 'string', 'timestamp', 'duration'],
  ...['startsWith', 'endsWith', 'contains', 'lowerAscii', 'upperAscii', 'trim'],
  ...['getFullYear', 'getMonth', 'getDate', 'getDayOfMonth', 'getDayOfWeek', 'getDayOfYear'],
  ...['getHours', 'getMinutes', 'getSeconds'],
]);

/** Functions whose text can be wrong: with a literal they are tried when the rule is saved, not at the first buyer. */
const readers: ReadonlySet<string> = new Set(['timestamp', 'duration', 'int', 'double']);

const environment = new Environment({ limits: { maxAstNodes: NODES_MAX, maxDepth: DEPTH_MAX } })
  .registerType('User', { schema: { ...fields.user } })
  .registerType('Event', { schema: { ...fields.event } })
  .registerVariable('user', 'User')
  .registerVariable('event', 'Event');

const remembered = new LRUCache<string, Program>({ max: PROGRAMS_MAX });

/**
 * Parses and type-checks a CEL expression over `user` and `event`, whose result must be a bool.
 *
 * What is not known of a user, or of an event in the making, is missing there, and reading it is an error. CEL lets an error pass only where the result does
 * not depend on it (`false && …`, `true || …`), so nobody is let through by what they left empty, unless the expression asks
 * for it by `has(user.age)`.
 */
export function compileExpression(text: string): Compiled {
  const known = remembered.get(text);
  if (known !== undefined) return { ok: true, program: known };
  try {
    const program = compile(text);
    remembered.set(text, program);
    return { ok: true, program };
  } catch (error) {
    if (error instanceof Fault) return { ok: false, fault: `line ${placeOf(text, error.start)}: ${error.message}` };
    throw error;
  }
}

/** What is wrong with an expression, and from which character on. */
class Fault extends Error {
  readonly start: number;

  constructor(message: string, start: number) {
    super(message);
    this.start = start;
  }
}

function compile(text: string): Program {
  const parsed = parse(text);
  const named = { user: new Set<string>(), event: new Set<string>() };
  checkNames(parsed.ast, named);
  const { valid, type, error } = parsed.check();
  if (!valid) throw new Fault(error?.summary ?? 'is not valid', error?.range?.start ?? 0);
  if (type !== 'bool') throw new Fault(`must be true or false, and is of type ${type}`, 0);
  return {
    isTrue: (facts) => parsed({ user: userValues(facts), event: eventValues(facts.event) }) === true,
    userFields: named.user,
    readsEvent: named.event.size > 0,
    missingOf(event) {
      const known = eventValues(event);
      return [...named.event].filter((field) => !Object.hasOwn(known, field));
    },
  };
}

function parse(text: string): ParseResult {
  try {
    return environment.parse(text);
  } catch (error) {
    if (error instanceof ParseError) throw new Fault(error.summary, error.range?.start ?? 0);
    throw error;
  }
}

/** The names of variables, fields and functions: the library's own check lets `has(user.agee)` pass, for one. */
function checkNames(node: ASTNode, named: Record<keyof typeof fields, Set<string>>): void {
  if (node.op === 'id') throw unknownVariable(node.args, node.start);
  if (node.op === '.' && node.args[0].op === 'id' && isVariable(node.args[0].args)) {
    const [{ args: variable }, field] = node.args;
    if (!Object.hasOwn(fields[variable], field)) throw unknownField(variable, field, node.args[0].end + 1);
    named[variable].add(field);
    return;
  }
  if (node.op === 'call' || node.op === 'rcall') checkFunction(node.args[0], node);
  for (const inner of nodesIn(node.args)) checkNames(inner, named);
}

function checkFunction(name: string, node: ASTNode): void {
  if (!functions.has(name)) {
    throw new Fault(`there is no function '${name}'${didYouMean(name, [...functions])}`, node.start);
  }
  const [argument] = node.op === 'call' ? node.args[1] : [];
  if (!readers.has(name) || argument?.op !== 'value') return;
  try {
    environment.evaluate(node.input.slice(node.start, node.end));
  } catch (error) {
    throw new Fault((error as { summary?: string }).summary ?? `${name} cannot read this`, node.start);
  }
}

function isVariable(name: string): name is keyof typeof fields {
  return Object.hasOwn(fields, name);
}

function unknownVariable(name: string, start: number): Fault {
  if (isVariable(name)) return new Fault(`name a field of it: ${fieldList(name)}`, start);
  return new Fault(`there is no variable '${name}'; there are user and event`, start);
}

function unknownField(variable: keyof typeof fields, field: string, start: number): Fault {
  const meant = didYouMean(field, Object.keys(fields[variable]));
  return new Fault(`${variable} has no '${field}'${meant}; it has ${fieldList(variable)}`, start);
}

function fieldList(variable: keyof typeof fields): string {
  return Object.keys(fields[variable]).join(', ');
}

function nodesIn(value: unknown): ASTNode[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  return typeof value === 'object' && value !== null && 'op' in value ? [value as ASTNode] : [];
}

/** `2:7`: the line and the column in it, both from 1. */
function placeOf(text: string, start: number): string {
  const before = text.slice(0, start).split('\n');
  return `${before.length}:${before.at(-1)!.length + 1}`;
}

function userValues({ user, nowMs }: Facts) {
  return {
    id: user.id,
    registeredAt: new Date(user.registeredAtMs),
    ...(user.birthDate === null ? {} : { age: BigInt(ageInYears(user.birthDate, nowMs)) }),
    ...(user.workStatus === null ? {} : { workStatus: user.workStatus }),
  };
}

function eventValues({ id, title, commodityId, priceCents, quantity, startsAtMs, endsAtMs }: Facts['event']) {
  return {
    ...(id === undefined ? {} : { id }),
    ...(title === undefined ? {} : { title }),
    ...(commodityId === undefined ? {} : { commodityId }),
    ...(priceCents === undefined ? {} : { priceCents: BigInt(priceCents) }),
    ...(quantity === undefined ? {} : { quantity: BigInt(quantity) }),
    ...(startsAtMs === undefined ? {} : { startsAt: new Date(startsAtMs) }),
    ...(endsAtMs === undefined ? {} : { endsAt: new Date(endsAtMs) }),
  };
}
