import { Command, Errors, Flags, type Interfaces } from '@oclif/core';
import type { StaffClient } from '../client/createStaffClient.js';
import { confirm } from './confirm.js';
import { describeError } from './describeError.js';
import { Cancelled, exitCodes, type ExitCode } from './errors.js';
import { listenForInterrupt, type InterruptHandler } from './interrupt.js';
import { createOutput, type Output } from './output.js';
import { reportError } from './reportError.js';

type FlagsOf<T extends typeof Command> = Interfaces.InferredFlags<(typeof BaseCommand)['baseFlags'] & T['flags']>;
type ArgsOf<T extends typeof Command> = Interfaces.InferredArgs<T['args']>;

/**
 * What every command shares. A command reads its flags, makes one call and returns one result:
 *
 * - `run()` returns the object (or array) that `--json` prints; text goes out through `this.out`, which knows where to.
 * - Heavy modules are imported inside `run()`, so that `--help` stays fast.
 * - What fails is thrown: `CliError` for what the operator can mend, anything else counts as our fault.
 * - A check that ran and found something returns its result and calls `this.endWith(exitCodes.found)`.
 *
 *     export default class QueueList extends BaseCommand<typeof QueueList> {
 *       static override summary = '…';
 *       async run(): Promise<QueueView[]> { … }
 *     }
 */
export abstract class BaseCommand<T extends typeof Command> extends Command {
  static override enableJsonFlag = true;

  static override baseFlags = {
    context: Flags.string({
      helpGroup: 'GLOBAL',
      helpValue: 'NAME',
      env: 'SPIKE_CONTEXT',
      description: 'The deployment to talk to (default: the current one, see `spikectl context list`)',
    }),
    yes: Flags.boolean({ char: 'y', helpGroup: 'GLOBAL', description: 'Say yes to every question' }),
    quiet: Flags.boolean({ char: 'q', helpGroup: 'GLOBAL', description: 'Print results, warnings and errors only' }),
    verbose: Flags.boolean({ char: 'v', helpGroup: 'GLOBAL', description: 'Print details, and stacks of errors' }),
  };

  protected flags!: FlagsOf<T>;
  protected args!: ArgsOf<T>;
  protected out!: Output;
  /** Aborted at the first Ctrl-C. */
  protected signal!: AbortSignal;
  #interrupt!: ReturnType<typeof listenForInterrupt>;
  #isReported = false;
  #endsByItself = false;
  /** Told when the result has been printed. */
  #onEnd = (): void => undefined;

  abstract override run(): Promise<unknown>;

  override async init(): Promise<void> {
    await super.init();
    this.#interrupt = listenForInterrupt(() => {
      if (!this.#endsByItself) this.report(new Cancelled());
    });
    this.signal = this.#interrupt.signal;
    // What does not parse is reported as such; oclif would add that this command forgot to parse.
    this.parsed = true;
    const { args, flags } = await this.parse({
      flags: this.ctor.flags,
      baseFlags: (super.ctor as typeof BaseCommand).baseFlags,
      enableJsonFlag: this.ctor.enableJsonFlag,
      args: this.ctor.args,
      strict: this.ctor.strict,
    });
    this.flags = flags as FlagsOf<T>;
    this.args = args as ArgsOf<T>;
    const { quiet, verbose } = flags as { quiet: boolean; verbose: boolean };
    this.out = createOutput({ mode: { json: this.jsonEnabled(), quiet, verbose } });
  }

  /** Calls the admin service of the chosen deployment, as whoever is logged in there. */
  protected async withStaff<Result>(use: (client: StaffClient) => Promise<Result>): Promise<Result> {
    const { connectStaff } = await import('./connectStaff.js');
    const client = await connectStaff({
      contextName: this.flags.context,
      warn: (text) => this.out.warn(text),
      signal: this.signal,
    });
    try {
      return await use(client);
    } finally {
      await client.close();
    }
  }

  /** Ends the command with another code than 0 although it ran to its end. */
  protected endWith(exit: ExitCode): void {
    process.exitCode = exit;
  }

  /** Asks before something that cannot be taken back; see `confirm`. */
  protected async confirm(question: string, options: { typed?: string } = {}): Promise<void> {
    await confirm(question, { yes: this.flags.yes, json: this.jsonEnabled(), ...options });
  }

  /** Whether there is somebody at a terminal who can be asked. */
  protected canAsk(): boolean {
    return !this.jsonEnabled() && process.stdin.isTTY && process.stderr.isTTY;
  }

  /** Adds what has to be stopped when the operator presses Ctrl-C. The command ends with 130 afterwards. */
  protected onInterrupt(handler: InterruptHandler): void {
    this.#interrupt.onInterrupt(handler);
  }

  /**
   * From here on Ctrl-C does not cancel the command: it sees by `signal` that it is to end, and still returns what it has. The
   * process ends with 130 when that is printed.
   */
  protected endByItself(): void {
    this.#endsByItself = true;
    const ended = new Promise<void>((resolve) => (this.#onEnd = resolve));
    this.onInterrupt(() => ended);
  }

  /**
   * Reports the error here and now, because oclif would print its own form and under `--json` forget the exit code.
   * `process.exitCode` is what the process ends with.
   */
  protected override async catch(error: Error): Promise<void> {
    if (error instanceof Errors.ExitError) {
      process.exitCode = error.oclif.exit ?? exitCodes.done;
      return;
    }
    this.report(error);
  }

  protected override async finally(error: Error | undefined): Promise<void> {
    this.#interrupt.release();
    await super.finally(error);
    // oclif prints the result of --json after this, in the same turn.
    setImmediate(this.#onEnd);
  }

  /** Once: an interrupt is noticed by the listener and by whatever it aborts. */
  private report(error: unknown): void {
    if (this.#isReported) return;
    this.#isReported = true;
    const verbose = this.argv.includes('--verbose') || this.argv.includes('-v');
    reportError(describeError(error, this.id?.replaceAll(':', ' ')), { json: this.jsonEnabled(), verbose });
  }
}
