import type { ErrorReport } from './describeError.js';
import { createPaint } from './style.js';

export interface ReportOptions {
  json: boolean;
  verbose: boolean;
}

/** The shape of an error under `--json`. */
function errorJson(
  report: ErrorReport,
  { verbose }: Pick<ReportOptions, 'verbose'>,
): {
  error: Record<string, unknown>;
} {
  const { code, message, exit, suggestions, stack } = report;
  return { error: { code, message, exit, suggestions, ...(verbose && stack !== undefined ? { stack } : {}) } };
}

/** Prints an error once: as the one JSON document on stdout, or in words on stderr. Sets the exit code, ends nothing. */
export function reportError(report: ErrorReport, options: ReportOptions): void {
  process.exitCode = report.exit;
  if (options.json) {
    process.stdout.write(`${JSON.stringify(errorJson(report, options), null, 2)}\n`);
    return;
  }
  if (report.kind === 'cancelled') return;
  process.stderr.write(`${errorText(report, options)}\n`);
}

function errorText(report: ErrorReport, { verbose }: ReportOptions): string {
  const paint = createPaint(process.stderr, process.env);
  const lines = [`${paint('red', 'Error:')} ${report.message}`];
  for (const suggestion of report.suggestions) {
    lines.push(isCommand(suggestion) ? `${paint('dim', 'Try:')} ${paint('bold', suggestion)}` : suggestion);
  }
  if (verbose && report.stack !== undefined) lines.push(paint('dim', report.stack));
  return lines.join('\n');
}

function isCommand(suggestion: string): boolean {
  return /^[a-z-]/.test(suggestion);
}
