import type { ErrorCode } from '../../../src/domain/errorCatalogue.js';
import type { FailAnswer } from '../../../src/domain/wire.js';

/** A service has answered no, with the reason. */
export class Refused extends Error {
  readonly answer: FailAnswer;
  readonly status: number;
  /** What the service asks us to wait before the next request. */
  readonly retryAfterMs: number | undefined;

  constructor(options: { answer: FailAnswer; status: number; retryAfterMs: number | undefined }) {
    super(options.answer.msg);
    this.name = 'Refused';
    this.answer = options.answer;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
  }

  get code(): ErrorCode {
    return this.answer.code;
  }
}

/** No answer of a service came back in time: whether the request was carried out is not known. */
export class Unanswered extends Error {
  constructor(cause: unknown) {
    super('no answer', { cause });
    this.name = 'Unanswered';
  }
}

/** There is nobody to ask for: the shopper has logged out, or the shop has ended the login. */
export class LoggedOut extends Error {
  constructor() {
    super('logged out');
    this.name = 'LoggedOut';
  }
}
