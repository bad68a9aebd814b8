import { describe, expect, it } from '@jest/globals';
import { errorCatalogue, type ErrorCode } from '../domain/errorCatalogue.js';
import { ConfigError } from '../config/loadConfig.js';
import { ServiceRefusal, ServiceUnreachable } from '../client/errors.js';
import { describeError } from './describeError.js';
import { Cancelled, CliError, exitCodes, usageError } from './errors.js';

function refusal(code: ErrorCode, details: Record<string, unknown> = {}): ServiceRefusal {
  const { status, msg, next } = errorCatalogue[code];
  return new ServiceRefusal(status, { status: 'fail', code, msg, next, requestId: 'request-1', ...details });
}

describe('the exit code of an error', () => {
  it.each<[ErrorCode, number]>([
    ['BAD_INPUT', 2],
    ['BAD_RULE', 2],
    ['BAD_JSON', 2],
    ['UNAUTHENTICATED', 4],
    ['TOKEN_EXPIRED', 4],
    ['BAD_CREDENTIALS', 4],
    ['FORBIDDEN', 4],
    ['NOT_FOUND', 1],
    ['EVENT_HAS_ORDERS', 1],
    ['EVENT_ENDED', 1],
    ['TOO_MANY_REQUESTS', 1],
    ['INTERNAL', 1],
    ['STORE_UNAVAILABLE', 5],
    ['STOCK_REBUILDING', 5],
  ])('of the refusal %s is %d', (code, exit) => {
    expect(describeError(refusal(code))).toMatchObject({ code, exit, kind: 'operator' });
  });

  it.each([
    [new ServiceUnreachable('refused', 'http://127.0.0.1:1/admin/me', 'connection refused'), 5],
    [new ConfigError(['redisUrl is missing.']), 2],
    [usageError('no'), 2],
    [new CliError('TIMED_OUT', 'too long', { exit: exitCodes.timedOut }), 6],
    [new Cancelled(), 130],
    [Object.assign(new Error('connect'), { code: 'ECONNREFUSED', syscall: 'connect' }), 5],
    [Object.assign(new Error('open'), { code: 'EACCES', syscall: 'open' }), 1],
    [new TypeError('x is not a function'), 1],
  ])('of %s is %d', (error, exit) => {
    expect(describeError(error).exit).toBe(exit);
  });
});

describe('what an error says', () => {
  it('names the fields that a service did not accept', () => {
    const issues = [{ path: 'endsAt', message: 'must be after startsAt' }];
    expect(describeError(refusal('BAD_INPUT', { issues })).message).toBe(
      'The input is not valid: endsAt: must be after startsAt.',
    );
  });

  it('tells who is not logged in to log in, and who mistyped the password to look again', () => {
    expect(describeError(refusal('TOKEN_EXPIRED')).suggestions).toEqual(['spikectl login']);
    expect(describeError(refusal('BAD_CREDENTIALS')).suggestions).toEqual([errorCatalogue.BAD_CREDENTIALS.next]);
  });

  it('names the store that is away, and where to look', () => {
    const { status, msg, next } = errorCatalogue.STORE_UNAVAILABLE;
    const answer = {
      status: 'fail',
      code: 'STORE_UNAVAILABLE',
      msg,
      next,
      requestId: 'request-1',
      store: 'mysql',
    } as const;
    const report = describeError(new ServiceRefusal(status, answer, 1));
    expect(report.message).toBe('A store is not reachable: mysql (request request-1).');
    expect(report.suggestions).toEqual(['Try again in 1 s.', 'spikectl doctor']);
  });

  it('sends staff whose account is disabled to an admin, not to the shop', () => {
    expect(describeError(refusal('BLOCKED')).suggestions).toEqual(['Ask an admin to enable the account.']);
  });

  it('says how many units are free when that many are not', () => {
    const report = describeError(refusal('NOT_ENOUGH_FREE', { quantity: 100, available: 7, quantityMin: 93 }));
    expect(report.message).toBe('Not that many units are free: 7 are free.');
    expect(report.suggestions.join()).not.toContain('"available"');
  });

  it('does not call unreachable who took the request, and warns that it may be done', () => {
    const cause = Object.assign(new Error('Headers Timeout Error'), { code: 'UND_ERR_HEADERS_TIMEOUT' });
    const detail = 'it took the request and did not answer in time';
    const report = describeError(new ServiceUnreachable('timeout', 'http://127.0.0.1:1/admin/me', detail, { cause }));
    expect(report).toMatchObject({
      exit: 5,
      message: 'http://127.0.0.1:1 took the request and did not answer in time.',
    });
    expect(report.suggestions).toEqual([expect.stringContaining('may be done all the same'), 'spikectl doctor']);
  });

  it('warns that a request whose connection was closed may be done', () => {
    const report = describeError(
      new ServiceUnreachable('reset', 'http://127.0.0.1:1/admin/me', 'the connection was closed'),
    );
    expect(report.suggestions).toEqual([
      expect.stringContaining('may be done all the same'),
      'spikectl up',
      'spikectl status',
    ]);
  });

  it('names the request when the fault is on our side, for the logs', () => {
    expect(describeError(refusal('INTERNAL')).message).toContain('request-1');
  });

  it('reads the errors of other layers by their fields', () => {
    const error = Object.assign(new Error('redis-server is not installed'), {
      code: 'MISSING_BINARY',
      exit: exitCodes.failed,
      suggestions: ['spikectl up --yes'],
    });
    expect(describeError(error)).toMatchObject({
      kind: 'operator',
      code: 'MISSING_BINARY',
      message: error.message,
      suggestions: ['spikectl up --yes'],
    });
  });

  it('asks for a report when the fault is ours, and keeps the stack for --verbose', () => {
    const report = describeError(new TypeError('x is not a function'));
    expect(report).toMatchObject({ kind: 'fault', code: 'INTERNAL' });
    expect(report.suggestions.join()).toContain('--verbose');
    expect(report.stack).toContain('TypeError');
  });

  it('holds for something thrown that is no error', () => {
    expect(describeError('oops')).toMatchObject({ kind: 'fault', exit: 1 });
  });

  it('keeps the code of a chosen exit', () => {
    expect(describeError(new CliError('PORT_IN_USE', 'port 8000 is in use'))).toMatchObject({
      code: 'PORT_IN_USE',
      exit: 1,
    });
  });
});
