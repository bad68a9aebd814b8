import type { Report } from '../middleware/store.js';
import type { Machine } from './machine.js';

/** `skipped`: it cannot be known now, and another finding says why. Only `problem` makes doctor end with 3. */
export type CheckStatus = 'ok' | 'warning' | 'problem' | 'skipped';

/** What one check found. */
export interface Finding {
  name: string;
  status: CheckStatus;
  /** What was seen, with its figures. */
  evidence: string;
  /** What to type or do; null when there is nothing to do. */
  fix: string | null;
  /** Whether `doctor --fix` does it. */
  fixable: boolean;
}

export type Verdict = Omit<Finding, 'name'>;

/**
 * What has to be well before what: files before servers, servers before the schema in them, the schema before the services
 * that read it. After each stage everything is looked at again.
 */
export const mendingStages = ['files', 'stores', 'schema', 'services'] as const;

export interface Mending {
  stage: (typeof mendingStages)[number];
  /** Does only what is safe at any time; returns what it did. */
  run(machine: Machine, report: Report): Promise<string>;
}

/**
 * One question to this machine. `look` changes nothing, asks and leaves the judging to a pure function beside it; what it
 * throws is reported as a check that could not be made.
 */
export interface Check {
  name: string;
  look(machine: Machine): Promise<Verdict>;
  mend?: Mending;
  /** What it looks at becomes well by itself within seconds, once what it needs was mended. */
  healsByItself?: true;
}

export function ok(evidence: string): Verdict {
  return { status: 'ok', evidence, fix: null, fixable: false };
}

export function skipped(evidence: string, fix: string | null = null): Verdict {
  return { status: 'skipped', evidence, fix, fixable: false };
}

export function warning(evidence: string, fix: string | null, fixable = false): Verdict {
  return { status: 'warning', evidence, fix, fixable };
}

export function problem(evidence: string, fix: string | null, fixable = false): Verdict {
  return { status: 'problem', evidence, fix, fixable };
}

const severity: readonly CheckStatus[] = ['problem', 'warning', 'skipped', 'ok'];

/** Several verdicts as one: the worst status and its fix, with what was seen of that kind. */
export function worst(verdicts: readonly Verdict[], allWell: string): Verdict {
  const status = severity.find((candidate) => verdicts.some((verdict) => verdict.status === candidate)) ?? 'ok';
  if (status === 'ok') return ok(allWell);
  const chosen = verdicts.filter((verdict) => verdict.status === status);
  return {
    status,
    evidence: chosen.map((verdict) => verdict.evidence).join(' '),
    fix: chosen.find((verdict) => verdict.fix !== null)?.fix ?? null,
    fixable: chosen.some((verdict) => verdict.fixable),
  };
}
