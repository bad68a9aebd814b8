import { exitCodes } from './errors.js';

/** What a command does when it is interrupted: stop what it began. It has INTERRUPT_DEADLINE_MS for it. */
export type InterruptHandler = () => Promise<void> | void;

/** How long a command may take to stop what it began; a second Ctrl-C does not wait for it. */
const INTERRUPT_DEADLINE_MS = 10_000;

/**
 * Two signals closer than this are one Ctrl-C: a terminal sends it to the whole process group, and a parent that runs us
 * passes it on once more.
 */
const SAME_INTERRUPT_MS = 500;

/**
 * Ends the process with 130 on SIGINT (and SIGTERM), after the handlers of the command have run. Without handlers it ends
 * at once.
 *
 * @param report prints that it was cancelled
 * @returns `signal`, aborted at the first interrupt; `onInterrupt` to add a handler; `release` to stop listening
 */
export function listenForInterrupt(report: () => void): {
  signal: AbortSignal;
  onInterrupt(handler: InterruptHandler): void;
  release(): void;
} {
  const controller = new AbortController();
  const handlers: InterruptHandler[] = [];
  let firstAtMs = 0;
  const stop = async (): Promise<void> => {
    if (controller.signal.aborted) {
      if (performance.now() - firstAtMs > SAME_INTERRUPT_MS) process.exit(exitCodes.interrupted);
      return;
    }
    firstAtMs = performance.now();
    controller.abort();
    const deadline = setTimeout(() => process.exit(exitCodes.interrupted), INTERRUPT_DEADLINE_MS);
    await Promise.allSettled(handlers.map(async (handler) => handler()));
    clearTimeout(deadline);
    report();
    process.exit(exitCodes.interrupted);
  };
  const onSignal = (): void => void stop();
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    onInterrupt: (handler) => handlers.push(handler),
    release: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
