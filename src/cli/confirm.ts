import { Cancelled, usageError } from './errors.js';

export interface ConfirmOptions {
  /** `--yes` was given. */
  yes: boolean;
  json: boolean;
  /** Where data dies, the operator types this name instead of `y`; `--yes` stands for it too. */
  typed?: string;
}

/**
 * Asks before something that cannot be taken back.
 *
 * @throws Cancelled if the operator says no; a usage error if there is nobody to ask and `--yes` was not given
 */
export async function confirm(question: string, { yes, json, typed }: ConfirmOptions): Promise<void> {
  if (yes) return;
  if (json || !process.stdin.isTTY || !process.stderr.isTTY) {
    throw usageError(`${question} There is no terminal to ask on.`, 'Pass --yes to say yes beforehand.');
  }
  const prompts = await import('@clack/prompts');
  const answer =
    typed === undefined
      ? await prompts.confirm({ message: question, initialValue: false, output: process.stderr })
      : (await prompts.text({ message: `${question} Type ${typed} to go on.`, output: process.stderr })) === typed;
  if (answer !== true) throw new Cancelled();
}
