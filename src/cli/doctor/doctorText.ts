import type { CheckStatus, Finding } from '../../daemon/doctor/check.js';
import type { Paint, Style } from '../style.js';

const marks: Readonly<Record<CheckStatus, readonly [mark: string, style: Style]>> = {
  ok: ['✓', 'green'],
  warning: ['!', 'yellow'],
  problem: ['✗', 'red'],
  skipped: ['-', 'dim'],
};

type ShownFinding = Pick<Finding, 'name' | 'status' | 'evidence' | 'fix'>;

/** One line a finding, and below each that wants something done what that is. */
export function doctorText(findings: readonly ShownFinding[], paint: Paint): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  return findings.flatMap((finding) => findingLines(finding, width, paint)).join('\n');
}

function findingLines({ name, status, evidence, fix }: ShownFinding, width: number, paint: Paint): string[] {
  const [mark, style] = marks[status];
  const indent = ' '.repeat(width + 4);
  const [first = '', ...rest] = evidence.split('\n');
  const lines = [`${paint(style, mark)} ${name.padEnd(width)}  ${first}`, ...rest.map((line) => `${indent}${line}`)];
  if (fix === null) return lines;
  return [...lines, `${indent}${/^[a-z]/.test(fix) ? `${paint('dim', 'Try:')} ${paint('bold', fix)}` : fix}`];
}
