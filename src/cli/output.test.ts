import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { createOutput, type OutputMode } from './output.js';

function speak(mode: Partial<OutputMode>): { stdout: string; stderr: string } {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const out = createOutput({
    mode: { json: false, quiet: false, verbose: false, ...mode },
    stdout: stdout as never,
    stderr: stderr as never,
    environment: {},
  });
  out.result('result');
  out.info('info');
  out.success('success');
  out.detail('detail');
  out.warn('warn');
  return { stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

describe('what a command says', () => {
  it('goes to stderr, and its result alone to stdout', () => {
    expect(speak({})).toEqual({ stdout: 'result\n', stderr: 'info\n✓ success\nWarning: warn\n' });
  });

  it('is the result and warnings alone when it is to be quiet', () => {
    expect(speak({ quiet: true })).toEqual({ stdout: 'result\n', stderr: 'Warning: warn\n' });
  });

  it('leaves stdout to the one document under --json', () => {
    expect(speak({ json: true })).toEqual({ stdout: '', stderr: 'Warning: warn\n' });
  });

  it('has details when they are asked for', () => {
    expect(speak({ verbose: true }).stderr).toContain('detail');
  });
});
