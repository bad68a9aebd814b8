import type { ListrDefaultRendererLogLevels } from 'listr2';
import type { Output } from './output.js';

/** One thing that takes time. */
export interface Step {
  /** What is being done: `Starting MySQL`. */
  title: string;
  /**
   * Does it. `say` tells what it is at; the text that is returned replaces the title when it is done
   * (`MySQL 10.11 on 127.0.0.1:3307`).
   */
  run(say: (text: string) => void): Promise<string | void>;
}

/**
 * Runs steps one after the other, or all at once with `concurrent`. On a terminal it shows a task list on stderr, elsewhere
 * plain lines on stderr, and nothing at all under `--json` or `--quiet`. The first error ends it and is thrown as it is.
 */
export async function runSteps(
  steps: readonly Step[],
  out: Output,
  { concurrent = false }: { concurrent?: boolean } = {},
): Promise<void> {
  const { json, quiet } = out.mode;
  if (!json && !quiet && process.stderr.isTTY && process.stderr.columns > 0 && process.env.TERM !== 'dumb') {
    await runOnTerminal(steps, concurrent);
    return;
  }
  const runPlain = async (step: Step): Promise<void> => {
    out.info(`${step.title} …`);
    const startedAtMs = performance.now();
    const title = await step.run((text) => out.info(`  ${text}`));
    out.success(`${title ?? step.title} (${seconds(performance.now() - startedAtMs)})`);
  };
  if (concurrent) {
    await settleAll(steps.map(runPlain));
    return;
  }
  for (const step of steps) await runPlain(step);
}

/** Signs of a bar: enough to see it grow, and there is room beside it on any terminal. */
const BAR_WIDTH = 24;

/** `━━━━━━────── 120 of 480 users` */
export function barText(done: number, total: number, what: string): string {
  const filled = total === 0 ? BAR_WIDTH : Math.floor((done / total) * BAR_WIDTH);
  return `${'━'.repeat(filled)}${'─'.repeat(BAR_WIDTH - filled)} ${done} of ${total} ${what}`;
}

async function runOnTerminal(steps: readonly Step[], concurrent: boolean): Promise<void> {
  const { Listr, ListrLogger, PRESET_TIMER, ProcessOutput } = await import('listr2');
  const list = new Listr(
    steps.map((step) => ({
      title: step.title,
      task: async (_context, task): Promise<void> => {
        const title = await step.run((text) => {
          task.output = text;
        });
        if (title !== undefined) task.title = title;
      },
    })),
    {
      concurrent,
      registerSignalListeners: false,
      rendererOptions: {
        logger: new ListrLogger<ListrDefaultRendererLogLevels>({
          processOutput: new ProcessOutput(process.stderr, process.stderr),
        }),
        timer: PRESET_TIMER,
        collapseErrors: false,
        showErrorMessage: false,
      },
    },
  );
  await list.run();
}

/** Waits for all, so that nothing goes on behind the error message; then throws the first error. */
async function settleAll(runs: Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(runs)).find((run) => run.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
