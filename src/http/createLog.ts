import { pino, type Logger, type LoggerOptions } from 'pino';
import { isError } from './isError.js';

export type Log = Logger;

/**
 * JSON lines on stdout, or appended to a file: in pm2's cluster mode a worker's own stdout is the daemon's log. What must
 * never be in a log is kept out where lines are made (patterns instead of paths, no bodies, no headers) and, as a second net,
 * here: an error is written as type, code, message and stack alone, because database errors carry the statement with its
 * values.
 */
export function createLog({ service, level, file = '-' }: { service: string; level: string; file?: string }): Log {
  const options: LoggerOptions = {
    level,
    base: { service, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: describeError },
    redact: ['authorization', 'password', 'token', 'ticket', '*.authorization', '*.password', '*.token', '*.ticket'],
  };
  return file === '-' ? pino(options) : pino(options, pino.destination({ dest: file, mkdir: true }));
}

/** At most this many causes are followed: errors can be made to cause one another in a circle. */
const CAUSE_DEPTH_MAX = 4;

export function describeError(error: unknown, depth = 0): unknown {
  if (!isError(error)) return { type: typeof error, message: String(error) };
  const code: unknown = 'code' in error ? error.code : undefined;
  const isDeeper = error.cause !== undefined && depth < CAUSE_DEPTH_MAX;
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' ? { code } : {}),
    stack: error.stack,
    ...(isDeeper ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
}
