import type { ErrorCode } from '../domain/errorCatalogue.js';
import type { FailAnswer } from '../domain/wire.js';

/** A service answered, and the answer is a refusal. `answer` holds what the code adds (`orderId`, `reason`, `issues`, …). */
export class ServiceRefusal extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly answer: FailAnswer;
  /** From the Retry-After header; undefined when the service gave none. */
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, answer: FailAnswer, retryAfterSeconds?: number) {
    super(answer.msg);
    this.name = 'ServiceRefusal';
    this.code = answer.code;
    this.status = status;
    this.answer = answer;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Why no answer arrived. `notOurs`: something answered, but nothing that speaks as our services do. */
export type UnreachableReason = 'refused' | 'timeout' | 'reset' | 'unresolved' | 'tls' | 'notOurs';

/**
 * No service answered. Whether the request did something is not known unless the reason is `refused`, `unresolved` or
 * `tls`: ask for the order before buying again.
 */
export class ServiceUnreachable extends Error {
  readonly reason: UnreachableReason;
  readonly url: string;

  constructor(reason: UnreachableReason, url: string, detail: string, options?: ErrorOptions) {
    super(`${new URL(url).origin} is not reachable: ${detail}`, options);
    this.name = 'ServiceUnreachable';
    this.reason = reason;
    this.url = url;
  }
}
