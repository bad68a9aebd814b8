import { DeliveryError } from '../deliveryError.js';
import type { BuilderName } from './builder.js';

const EXIT_UNREACHABLE = 5;

/** What the builders say when they cannot get the image that the first line of the Dockerfile names. */
const NO_BASE_IMAGE =
  /initializing source docker:\/\/|failed to resolve source metadata for|pull access denied for|image not known/;

interface Failure {
  builder: BuilderName;
  reference: string;
  /** Null when a signal ended it. */
  code: number | null;
  /** The last lines that it printed. */
  last: readonly string[];
  /** Where all of them are. */
  log: string;
}

/** Why an image was not built: the end of what the builder printed, where the whole is, and what to type next. */
export function buildFailure({ builder, reference, code, last, log }: Failure): DeliveryError {
  const ending = code === null ? 'was ended by a signal' : `ended with ${code}`;
  const message = [`${reference} was not built: ${builder} ${ending}.`, ...last].join('\n  ');
  const whole = `The whole log: ${log}`;
  if (!last.some((line) => NO_BASE_IMAGE.test(line)))
    return new DeliveryError('BUILD_FAILED', message, { suggestions: [whole] });
  return new DeliveryError('BASE_IMAGE_UNREACHABLE', message, {
    exit: EXIT_UNREACHABLE,
    suggestions: [
      'Is the registry of the base image reachable from here? A copy elsewhere is named by --node-image.',
      whole,
    ],
  });
}
