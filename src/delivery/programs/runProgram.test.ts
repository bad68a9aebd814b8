import { runProgram } from './runProgram.js';

const sh = (script: string) => ({ file: '/bin/sh', args: ['-c', script] });

describe('running a program', () => {
  test('gives its exit code, both streams, and each line as it comes', async () => {
    const lines: string[] = [];
    const end = await runProgram({
      ...sh('echo one; printf "10%%\\r20%%\\n"; echo two >&2; printf last; exit 3'),
      onLine: (line) => lines.push(line),
    });
    expect(end).toMatchObject({ code: 3, stdout: 'one\n10%\r20%\nlast', stderr: 'two\n', timedOut: false });
    expect(lines.toSorted()).toEqual(['10%', '20%', 'last', 'one', 'two']);
  });

  test('hands it its input and what is added to the environment', async () => {
    const end = await runProgram({ ...sh('cat; echo "$WORD"'), input: 'in\n', env: { WORD: 'added' } });
    expect(end.stdout).toBe('in\nadded\n');
  });

  test('that is not there ends with 127 and the reason', async () => {
    const end = await runProgram({ file: '/nonexistent/program', args: [] });
    expect(end.code).toBe(127);
    expect(end.stderr).toContain('ENOENT');
  });

  test('that hangs ends at its deadline', async () => {
    const end = await runProgram({ ...sh('sleep 600'), timeoutMs: 50 });
    expect(end).toMatchObject({ code: null, timedOut: true });
  });

  test('that is interrupted ends with all that it started', async () => {
    const interrupt = new AbortController();
    const lines: string[] = [];
    const running = runProgram({
      ...sh('(trap "echo ended; exit" TERM; echo ready; while :; do sleep 0.02; done) & wait'),
      signal: interrupt.signal,
      onLine(line) {
        lines.push(line);
        interrupt.abort();
      },
    });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(lines[0]).toBe('ready');
    expect(lines).toContain('ended');
  });

  test('is not started once it was interrupted', async () => {
    await expect(runProgram({ ...sh('exit 0'), signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
