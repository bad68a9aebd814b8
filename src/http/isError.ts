import { types } from 'node:util';

/** Whether it is an error, also one that Node's own code threw into another context (as under Jest), which `instanceof` misses. */
export function isError(value: unknown): value is Error {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor Error.isError is not in Node 20
  return value instanceof Error || types.isNativeError(value);
}
