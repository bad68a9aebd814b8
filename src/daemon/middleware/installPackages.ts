import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { OperatorError } from '../operatorError.js';
import { runCommand } from '../runCommand.js';
import { findBinary, machinePath } from './machineFolders.js';
import { planInstallation, type Installable, type InstallationPlan } from './planInstallation.js';
import type { Report } from './store.js';

const POLICY_FILE = '/usr/sbin/policy-rc.d';
/** What Debian's packages ask before they start a service: 101 says "no". */
const POLICY_SCRIPT = '#!/bin/sh\nexit 101\n';
const HEARTBEAT_MS = 10_000;
const SHOWN_LINES = 15;

/**
 * Installs the packages of what is named with the machine's package manager. What it installs stays off: on Debian a
 * policy file forbids starting services meanwhile, and Homebrew starts none by itself.
 *
 * @throws OperatorError when there is no package manager that we may use, or when it fails; the message says what to type
 */
export async function installPackages(options: { what: readonly Installable[]; report: Report }): Promise<void> {
  const searchPath = machinePath(process.env.PATH);
  const plan = await planInstallation({
    what: options.what,
    isRoot: process.getuid?.() === 0,
    find: (name) => findBinary([name], searchPath),
    answers: async (file, args) => (await runCommand(file, args)).code === 0,
  });
  options.report({ store: null, message: `installing ${plan.packages.join(', ')} (${plan.manager})` });
  const policy = plan.manager === 'apt-get' ? await forbidServiceStarts(plan) : undefined;
  try {
    for (const command of plan.commands) await runReported(command, options.report);
  } finally {
    await policy?.lift();
  }
}

/** An existing policy is the machine owner's own and stays as it is. */
async function forbidServiceStarts(plan: InstallationPlan): Promise<{ lift(): Promise<void> } | undefined> {
  if (existsSync(POLICY_FILE)) return undefined;
  if (plan.elevate.length === 0) {
    await writeFile(POLICY_FILE, POLICY_SCRIPT, { mode: 0o755 });
    return { lift: () => rm(POLICY_FILE, { force: true }) };
  }
  const [file = 'sudo', ...args] = plan.elevate;
  const elevated = async (command: string) => {
    const { code, output } = await runCommand(file, [...args, 'sh', '-c', command]);
    if (code !== 0) throw new Error(`${command} failed: ${output}`);
  };
  await elevated(`printf '#!/bin/sh\\nexit 101\\n' > ${POLICY_FILE} && chmod 755 ${POLICY_FILE}`);
  return { lift: () => elevated(`rm -f ${POLICY_FILE}`) };
}

async function runReported(command: readonly string[], report: Report): Promise<void> {
  const [file = '', ...args] = command;
  const since = performance.now();
  const heartbeat = setInterval(() => {
    const seconds = Math.round((performance.now() - since) / 1_000);
    report({ store: null, message: `still at it (${seconds} s): ${shown(command)}` });
  }, HEARTBEAT_MS);
  try {
    const { code, output } = await runCommand(file, args);
    if (code === 0) return;
    throw new OperatorError({
      code: 'INSTALLATION_FAILED',
      message: [`${shown(command)} failed:`, ...output.trim().split('\n').slice(-SHOWN_LINES)].join('\n  '),
      suggestions: [`Mend what it names, then try again, or type it yourself: ${shown(command)}`],
      exit: 5,
    });
  } finally {
    clearInterval(heartbeat);
  }
}

function shown(command: readonly string[]): string {
  return command.map((word) => (/[\s;]/.test(word) ? `'${word}'` : word)).join(' ');
}
