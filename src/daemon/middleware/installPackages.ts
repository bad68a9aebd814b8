import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { OperatorError } from '../operatorError.js';
import { runCommand } from '../runCommand.js';
import { findBinary, machinePath } from './machineFolders.js';
import { planInstallation, type Installable, type InstallationPlan } from './planInstallation.js';
import type { Report } from './store.js';

/** What Debian's packages ask before they start a service; 101 says "no". */
const POLICY_FILE = '/usr/sbin/policy-rc.d';
const POLICY_EXIT_NO = 101;
const SYSTEMD_FOLDER = '/run/systemd/system';
const HEARTBEAT_MS = 10_000;
const SHOWN_LINES = 15;

/**
 * Installs the packages of what is named with the machine's package manager. What it installs stays off: on Debian a
 * policy file forbids starting services meanwhile, and Homebrew starts none by itself.
 *
 * @throws OperatorError when there is no package manager that we may use, or when it fails; the message says what to type
 */
export async function installPackages(options: {
  what: readonly Installable[];
  report: Report;
  /** Where programs are looked for, and where the policy goes: only tests say so. */
  searchPath?: string;
  policyFile?: string;
}): Promise<void> {
  const { searchPath = machinePath(process.env.PATH), policyFile = POLICY_FILE } = options;
  const plan = await planInstallation({
    what: options.what,
    isRoot: process.getuid?.() === 0,
    hasSystemd: existsSync(SYSTEMD_FOLDER),
    find: (name) => findBinary([name], searchPath),
    answers: async (file, args) => (await runCommand(file, args)).code === 0,
  });
  options.report({ store: null, message: `installing ${plan.packages.join(', ')} (${plan.manager})` });
  const lift = plan.manager === 'apt-get' ? forbidServiceStarts(plan, policyFile) : () => undefined;
  // Also when we are interrupted: a policy that stayed would keep every service of this machine from ever starting.
  process.once('exit', lift);
  try {
    for (const command of plan.commands) await runReported(command, options.report);
  } finally {
    process.off('exit', lift);
    lift();
  }
}

/**
 * Puts the policy in place, unless there is one: that is the machine owner's own and stays as it is.
 *
 * @returns what removes it; synchronous, so that it can be the last thing a process does
 */
function forbidServiceStarts({ elevate }: InstallationPlan, policyFile: string): () => void {
  if (existsSync(policyFile)) return () => undefined;
  const asRoot = (script: string) => {
    const [file, ...args] = [...elevate, 'sh', '-c', script, 'sh', policyFile];
    execFileSync(file, args, { stdio: 'pipe' });
  };
  asRoot(`printf '#!/bin/sh\\nexit ${POLICY_EXIT_NO}\\n' > "$1" && chmod 755 "$1"`);
  return () => asRoot('rm -f "$1"');
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
