/** One line of a progress list; the shape that the command line runs. */
export interface BoardStep {
  title: string;
  run(say: (text: string) => void): Promise<string>;
}

/**
 * Progress that is known from outside: each step ends when it is told so. Whoever shows the steps runs them all at once, and
 * gets the error that ended them.
 */
export function createBoard(names: readonly string[]): {
  steps: BoardStep[];
  say(name: string, text: string): void;
  finish(name: string, text: string): void;
  fail(error: Error): void;
} {
  const lines = new Map(names.map((name) => [name, createLine(name)]));
  return {
    steps: [...lines.values()].map(({ step }) => step),
    say: (name, text) => lines.get(name)?.tell(text),
    finish: (name, text) => lines.get(name)?.finish(text),
    fail: (error) => lines.forEach((line) => line.fail(error)),
  };
}

function createLine(name: string) {
  let last = '';
  let say: (text: string) => void = () => undefined;
  let [resolve, reject]: [(text: string) => void, (error: Error) => void] = [() => undefined, () => undefined];
  const promise = new Promise<string>((...settle) => ([resolve, reject] = settle));
  // Nobody may be looking: then the error is told by whoever began the rollout.
  promise.catch(() => undefined);
  return {
    step: {
      title: name,
      run(show: (text: string) => void) {
        say = show;
        if (last !== '') show(last);
        return promise;
      },
    },
    tell(text: string) {
      if (text !== last) say(text);
      last = text;
    },
    finish: (text: string) => resolve(text),
    fail: (error: Error) => reject(error),
  };
}
