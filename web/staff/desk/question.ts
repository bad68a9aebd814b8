/** One value that becomes another, as it is shown before it happens. */
export interface Change {
  label: string;
  before: string;
  after: string;
}

/** What is asked before something is changed. */
export interface Question {
  title: string;
  /** What will happen, in plain words. */
  text?: string | undefined;
  changes?: readonly Change[] | undefined;
  /** The command that does the same. */
  command: string;
  /** What the button says that does it. */
  confirm: string;
  /** Units, money or an account are at stake. */
  isDangerous?: boolean;
  /** Asks why; a required one has to be given. */
  reason?: 'optional' | 'required' | undefined;
  /** Does it. @returns what to say when it is done */
  run(reason: string): Promise<string>;
}
