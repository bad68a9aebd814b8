const ENTER = '\u001B[?1049h\u001B[H';
const SHOW_CURSOR = '\u001B[?25h';
const LEAVE = '\u001B[?1049l';

/**
 * Takes the whole terminal as a pager does, on a screen of its own, and gives it back as it was: the lines from before, the
 * cursor, and keys that are typed rather than caught. However the process ends short of `kill -9`, `restore` runs, once, and
 * before a stack is printed.
 *
 * @param letGo ends whoever draws and reads keys
 */
export function takeTerminal(
  { stdin, stdout, process }: Pick<NodeJS.Process, 'stdin' | 'stdout'> & { process: NodeJS.Process },
  letGo: () => void,
): { restore(): void } {
  let isTaken = true;
  stdout.write(ENTER);
  const restore = () => {
    if (!isTaken) return;
    isTaken = false;
    process.off('exit', restore);
    process.off('uncaughtExceptionMonitor', restore);
    process.off('SIGHUP', hangUp);
    letGo();
    if (stdin.isTTY) stdin.setRawMode(false);
    stdout.write(`${SHOW_CURSOR}${LEAVE}`);
  };
  const hangUp = () => {
    restore();
    process.exit(EXIT_HANGUP);
  };
  process.on('exit', restore);
  process.on('uncaughtExceptionMonitor', restore);
  process.on('SIGHUP', hangUp);
  return { restore };
}

const EXIT_HANGUP = 129;
