/** One thing that takes time; whoever runs it shows title and progress. */
interface Step {
  title: string;
  /** `say` tells what it is at; the text that is returned replaces the title when it is done. */
  run(say: (text: string) => void): Promise<string | void>;
}

export type RunSteps = (steps: readonly Step[], options?: { concurrent?: boolean }) => Promise<void>;
