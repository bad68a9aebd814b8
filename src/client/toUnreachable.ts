import { types } from 'node:util';
import { ServiceUnreachable, type UnreachableReason } from './errors.js';

const reasons: Readonly<Record<string, readonly [UnreachableReason, string]>> = {
  ECONNREFUSED: ['refused', 'connection refused'],
  ECONNRESET: ['reset', 'the connection was closed before the answer'],
  EPIPE: ['reset', 'the connection was closed before the answer'],
  UND_ERR_SOCKET: ['reset', 'the connection was closed before the answer'],
  EHOSTUNREACH: ['refused', 'no route to the host'],
  ENETUNREACH: ['refused', 'no route to the network'],
  ENOTFOUND: ['unresolved', 'there is no host of that name'],
  EAI_AGAIN: ['unresolved', 'the name server does not answer'],
  ETIMEDOUT: ['timeout', 'it does not answer'],
  UND_ERR_CONNECT_TIMEOUT: ['timeout', 'it does not answer'],
  UND_ERR_HEADERS_TIMEOUT: ['timeout', 'it took the request and did not answer in time'],
  UND_ERR_BODY_TIMEOUT: ['timeout', 'it stopped in the middle of its answer'],
};

/** Turns what the network threw into ServiceUnreachable; anything else (an abort by the caller, a fault of ours) stays. */
export function toUnreachable(error: unknown, url: string): unknown {
  if (!isError(error) || error.name === 'AbortError') return error;
  if (error.name === 'HTTPParserError')
    return new ServiceUnreachable('notOurs', url, 'what answers there does not speak HTTP', { cause: error });
  const code = codeOf(error);
  if (code === undefined) return error;
  const known = reasons[code];
  if (known !== undefined) return new ServiceUnreachable(known[0], url, known[1], { cause: error });
  if (/CERT|TLS|SSL/.test(code)) return new ServiceUnreachable('tls', url, error.message, { cause: error });
  return error;
}

/** A host with several addresses fails with one error an address; they share their reason nearly always. */
function codeOf(error: Error): string | undefined {
  if ('code' in error && typeof error.code === 'string') return error.code;
  const first: unknown = 'errors' in error && Array.isArray(error.errors) ? error.errors[0] : undefined;
  return isError(first) ? codeOf(first) : undefined;
}

/** Errors of Node's own come from another realm where the code runs in a VM, as under Jest: `instanceof` misses them. */
function isError(value: unknown): value is Error {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor Error.isError is not in Node 20
  return types.isNativeError(value) || value instanceof Error;
}
