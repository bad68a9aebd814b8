import { Flags } from '@oclif/core';
import { BaseCommand } from '../cli/baseCommand.js';
import { exitCodes } from '../cli/errors.js';
import type { Bundle } from '../daemon/doctor/bundle/openBundle.js';
import type { Finding } from '../daemon/doctor/check.js';
import type { Mended } from '../daemon/doctor/mend.js';

interface DoctorResult {
  ok: boolean;
  checks: readonly Finding[];
  /** What `--fix` did. */
  fixed: { name: string; did: string }[];
  /** The file that was written. */
  bundle: string | null;
}

export default class Doctor extends BaseCommand<typeof Doctor> {
  static override summary = 'Look for what is wrong with this machine and its deployment, and what to type';
  static override description = `Looks at Node, settings, rights, disk, logs, ports, the three stores, schema, scripts, queues, clocks, processes and what they say of themselves. Changes nothing without --fix; ends with 3 when it finds a problem.
When commands talk to a deployment elsewhere, it asks that one what it tells, too.`;
  static override examples = [
    '<%= config.bin %> doctor',
    '<%= config.bin %> doctor --fix',
    {
      description: 'For a bug report, without secrets:',
      command: '<%= config.bin %> doctor --bundle report.tar.gz',
    },
  ];
  static override flags = {
    fix: Flags.boolean({
      description:
        'Do what is safe: start what is down, migrate, close files to others, cut large logs, remove stale locks',
    }),
    bundle: Flags.string({
      helpValue: 'FILE',
      description: 'Write findings, versions, status, settings and the last log lines into a new .tar.gz',
    }),
  };

  async run(): Promise<DoctorResult> {
    const bundle = await this.openBundle();
    try {
      const { examineAll } = await import('../cli/doctor/examineAll.js');
      const examined = await examineAll({ contextName: this.flags.context, fix: this.flags.fix, out: this.out });
      const result = this.toResult(examined.findings, examined.mended);
      if (bundle !== undefined) {
        const { bundleFiles } = await import('../cli/doctor/bundleFiles.js');
        const { deployment } = examined;
        await bundle.write(await bundleFiles({ deployment, doctor: result, version: this.config.version }));
      }
      await this.tell(result, examined.mended);
      return result;
    } catch (error) {
      await bundle?.discard();
      throw error;
    }
  }

  private async openBundle(): Promise<Bundle | undefined> {
    if (this.flags.bundle === undefined) return undefined;
    const { openBundle } = await import('../daemon/doctor/bundle/openBundle.js');
    const bundle = await openBundle(this.flags.bundle);
    this.onInterrupt(() => bundle.discard());
    return bundle;
  }

  private toResult(checks: readonly Finding[], mended: readonly Mended[]): DoctorResult {
    const fixed = mended.filter(({ done }) => done).map(({ name, did }) => ({ name, did }));
    const ok = checks.every(({ status }) => status !== 'problem');
    return { ok, checks, fixed, bundle: this.flags.bundle ?? null };
  }

  private async tell({ ok, checks, bundle }: DoctorResult, mended: readonly Mended[]): Promise<void> {
    const { doctorText } = await import('../cli/doctor/doctorText.js');
    for (const { name, did, done } of mended) {
      if (done) this.out.success(`${name}: ${did}.`);
      else this.out.warn(`${name} could not be mended: ${did}`);
    }
    this.out.result(doctorText(checks, this.out.paint));
    const problems = checks.filter(({ status }) => status === 'problem');
    if (!ok) {
      this.out.warn(`${problems.length} of ${checks.length} checks found a problem.`);
      if (problems.some(({ fixable }) => fixable))
        this.out.info('Mend what can be mended safely: spikectl doctor --fix');
      this.endWith(exitCodes.found);
    }
    if (bundle !== null) this.out.success(`Wrote ${bundle}, without secrets. Read it before you pass it on.`);
  }
}
