import { types } from 'node:util';
import { Errors } from '@oclif/core';
import { ServiceRefusal, ServiceUnreachable } from '../client/errors.js';
import { describeParseError, oneFlagMessage } from './describeParseError.js';
import { Cancelled, exitCodes } from './errors.js';

/** An error as the operator gets to see it. `fault`: ours, so it asks for a report; `cancelled`: nothing is printed. */
export interface ErrorReport {
  kind: 'operator' | 'fault' | 'cancelled';
  code: string;
  message: string;
  exit: number;
  suggestions: string[];
  /** Undefined when there is nothing behind the message that would help anybody. */
  stack: string | undefined;
}

/**
 * Turns whatever was thrown into what is printed.
 *
 * @param commandId the command in words (`event create`); undefined before a command was found
 */
export function describeError(error: unknown, commandId?: string): ErrorReport {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor Error.isError is not in Node 20
  if (!(error instanceof Error || types.isNativeError(error)))
    return fault(new Error(`something that is not an error was thrown: ${String(error)}`));
  const known =
    cancelled(error) ??
    fromSelf(error) ??
    fromConfig(error) ??
    fromService(error) ??
    fromOclif(error, commandId) ??
    fromSystem(error);
  return known ?? fault(error);
}

function operator(error: Error, fields: Pick<ErrorReport, 'code' | 'message' | 'exit' | 'suggestions'>): ErrorReport {
  return { kind: 'operator', stack: error.stack, ...fields };
}

function cancelled(error: Error): ErrorReport | undefined {
  if (!(error instanceof Cancelled) && error.name !== 'AbortError') return undefined;
  const message = error instanceof Cancelled ? error.message : 'Cancelled.';
  return {
    kind: 'cancelled',
    code: 'CANCELLED',
    message,
    exit: exitCodes.interrupted,
    suggestions: [],
    stack: undefined,
  };
}

/** CliError, and every error of the layers below that carries the same fields. */
function fromSelf(error: Error): ErrorReport | undefined {
  const { code, exit, suggestions } = error as Error & Record<string, unknown>;
  if (typeof code !== 'string' || typeof exit !== 'number' || !Array.isArray(suggestions)) return undefined;
  return operator(error, { code, exit, suggestions: suggestions.map(String), message: oneFlagMessage(error.message) });
}

function fromConfig(error: Error): ErrorReport | undefined {
  // By name, because the class would bring the schema library into every `--help`.
  if (error.name !== 'ConfigError') return undefined;
  return operator(error, {
    code: 'CONFIG',
    message: error.message,
    exit: exitCodes.usage,
    suggestions: ['spikectl config show'],
  });
}

function fromService(error: Error): ErrorReport | undefined {
  if (error instanceof ServiceUnreachable) {
    return operator(error, {
      code: 'UNREACHABLE',
      message: isUnanswered(error)
        ? `${new URL(error.url).origin} took the request and did not answer in time.`
        : `${error.message}.`,
      exit: exitCodes.unreachable,
      suggestions: unreachableSteps(error),
    });
  }
  if (!(error instanceof ServiceRefusal)) return undefined;
  return operator(error, {
    code: error.code,
    message: refusalMessage(error),
    exit: exitOfStatus(error.status),
    suggestions: nextSteps(error),
  });
}

/** Whoever took the request runs: there is nothing to start, but something behind it hangs and may go on later. */
function isUnanswered({ cause }: ServiceUnreachable): boolean {
  return (cause as { code?: unknown } | undefined)?.code === 'UND_ERR_HEADERS_TIMEOUT';
}

const MAY_BE_DONE = 'If it was to change something, that may be done all the same: look before you repeat it.';

function unreachableSteps(error: ServiceUnreachable): string[] {
  if (isUnanswered(error)) return [MAY_BE_DONE, 'spikectl doctor'];
  const steps = isThisMachine(error.url) ? ['spikectl up', 'spikectl status'] : ['spikectl context show'];
  return error.reason === 'reset' ? [MAY_BE_DONE, ...steps] : steps;
}

function nextSteps({ status, code, answer, retryAfterSeconds }: ServiceRefusal): string[] {
  if (status === 401 && code !== 'BAD_CREDENTIALS') return ['spikectl login'];
  if (code === 'BLOCKED') return ['Ask an admin to enable the account.'];
  if (code === 'NOT_ENOUGH_FREE') return ['Take fewer: reserved and sold units stay.'];
  const next = retryAfterSeconds === undefined ? answer.next : `Try again in ${retryAfterSeconds} s.`;
  return code === 'STORE_UNAVAILABLE' ? [next, 'spikectl doctor'] : [next];
}

function isThisMachine(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}

/** 401/403 → not allowed, 400 → usage, 5xx of a store or an overload → unreachable, the rest → failed. */
function exitOfStatus(status: number): number {
  if (status === 401 || status === 403) return exitCodes.notAllowed;
  if (status === 400 || status === 413) return exitCodes.usage;
  if (status === 502 || status === 503 || status === 504) return exitCodes.unreachable;
  return exitCodes.failed;
}

function refusalMessage({ answer, status }: ServiceRefusal): string {
  const issues = Array.isArray(answer.issues) ? answer.issues.map(issueText) : [];
  const reason = typeof answer.reason === 'string' ? [answer.reason] : [];
  const store = typeof answer.store === 'string' ? [answer.store] : [];
  const free = typeof answer.available === 'number' ? [`${answer.available} are free`] : [];
  const state = typeof answer.state === 'string' ? [`state: ${answer.state}`] : [];
  const details = [...issues, ...reason, ...store, ...free, ...state].join('; ');
  const request = status >= 500 ? ` (request ${answer.requestId})` : '';
  return `${sentence(answer.msg)}${details === '' ? '' : `: ${details}`}${request}.`;
}

function issueText(issue: unknown): string {
  if (typeof issue !== 'object' || issue === null) return String(issue);
  const { path, message } = issue as { path?: unknown; message?: unknown };
  const where = Array.isArray(path) ? path.join('.') : typeof path === 'string' ? path : '';
  const what = typeof message === 'string' ? message : JSON.stringify(issue);
  return where === '' ? what : `${where}: ${what}`;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function fromOclif(error: Error, commandId: string | undefined): ErrorReport | undefined {
  if (error instanceof Errors.ExitError || !(error instanceof Errors.CLIError)) return undefined;
  return operator(error, {
    code: 'USAGE',
    exit: error.oclif.exit ?? exitCodes.usage,
    ...describeParseError(error, commandId),
  });
}

const unreachableCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
]);

const fileCodes: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'ENOENT', 'EISDIR', 'ENOTDIR', 'ENOSPC', 'EROFS']);

/** What the operating system refuses: the machine is to be mended, not this program. */
function fromSystem(error: Error): ErrorReport | undefined {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return undefined;
  if (unreachableCodes.has(code))
    return operator(error, { code, message: `${error.message}.`, exit: exitCodes.unreachable, suggestions: [] });
  if (fileCodes.has(code) || code === 'EADDRINUSE')
    return operator(error, { code, message: `${error.message}.`, exit: exitCodes.failed, suggestions: [] });
  return undefined;
}

function fault(error: Error): ErrorReport {
  return {
    kind: 'fault',
    code: 'INTERNAL',
    message: `${error.message} (this is a fault of spikectl)`,
    exit: exitCodes.failed,
    suggestions: ['Run the same command with --verbose and report what it prints.'],
    stack: error.stack,
  };
}
