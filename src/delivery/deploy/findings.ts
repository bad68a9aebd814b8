/** `skipped`: it cannot be known now, and another finding says why. A `problem` keeps the deployment from beginning. */
type FindingStatus = 'ok' | 'warning' | 'problem' | 'skipped';

/** What one look before a deployment found. */
export interface DeployFinding {
  name: string;
  status: FindingStatus;
  /** What was seen. */
  evidence: string;
  /** What to type or do; null when there is nothing to do. */
  fix: string | null;
  /** What the command ends with when this problem is its reason. */
  exit: number;
}

export type Verdict = Omit<DeployFinding, 'name'>;

export function ok(evidence: string): Verdict {
  return { status: 'ok', evidence, fix: null, exit: 0 };
}

export function skipped(evidence: string): Verdict {
  return { status: 'skipped', evidence, fix: null, exit: 0 };
}

export function warning(evidence: string, fix: string | null): Verdict {
  return { status: 'warning', evidence, fix, exit: 0 };
}

export function problem(evidence: string, fix: string | null, exit = 1): Verdict {
  return { status: 'problem', evidence, fix, exit };
}

/** Unreachable before all, because nothing else could be looked at; one kind of fault has its own code; several kinds have 1. */
export function exitOf(findings: readonly DeployFinding[]): number {
  const codes = new Set(findings.filter(({ status }) => status === 'problem').map(({ exit }) => exit));
  if (codes.size === 0) return 0;
  if (codes.has(5)) return 5;
  const [only = 1] = codes;
  return codes.size === 1 ? only : 1;
}
