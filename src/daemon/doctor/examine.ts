import type { LocalDeployment } from '../localDeployment.js';
import { warning, type Check, type Finding, type Verdict } from './check.js';
import { checksOf, type Scope } from './checks.js';
import { createMachine, type Machine } from './machine.js';

/** Longer than any probe waits for its server; a check that takes longer hangs in the operating system. */
const CHECK_TIMEOUT_MS = 8_000;

/** Makes all checks side by side. None of them can fail it: one that cannot be made says so in its finding. */
export async function examine(options: {
  deployment: LocalDeployment;
  /** Files and folders outside the home that only their owner may read. */
  privateFiles: readonly string[];
  scope: Scope;
}): Promise<Finding[]> {
  const machine = await createMachine(options.deployment, options.privateFiles);
  return Promise.all(checksOf(options.scope).map((check) => makeCheck(check, machine)));
}

/** @param timeoutMs how long it may take */
export async function makeCheck(check: Check, machine: Machine, timeoutMs = CHECK_TIMEOUT_MS): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Verdict>((resolve) => {
    timer = setTimeout(() => resolve(notMade(`it took longer than ${timeoutMs / 1_000} s`)), timeoutMs);
  });
  try {
    return { name: check.name, ...(await Promise.race([check.look(machine), late])) };
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    return { name: check.name, ...notMade(message || (code ?? 'no reason was given')) };
  } finally {
    clearTimeout(timer);
  }
}

function notMade(why: string): Verdict {
  return warning(`This check could not be made: ${why}.`, null);
}
