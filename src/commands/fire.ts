import { Flags } from '@oclif/core';
import { BaseCommand } from '../cli/baseCommand.js';
import { exitCodes } from '../cli/errors.js';
import { eventArg } from '../cli/eventId.js';
import type { PlannedFire } from '../loadtest/planFire.js';
import type { FirePlan, FireReport } from '../loadtest/report.js';

export default class Fire extends BaseCommand<typeof Fire> {
  static override summary = 'Fire purchases at a sale event, and judge what came of it';
  static override description = `Test buyers are made (or found again) and logged in, fetch their tickets, and buy for real: the units that they get are sold.
Without --rate all users buy at once, each sending its requests one after the other. With --rate requests arrive at that rate whatever the answers do, and latency counts from when each was due.
Then every accepted order is looked for in MySQL and the event is audited. Ends with 99 when a threshold is missed; that nothing is oversold, lost, doubled or stuck are thresholds without being asked for.
Figures of --threshold: requests, rps, accepted, soldOut, … (every outcome), errorRate, p50, p90, p99, p999, max (also accepted.p99), orders, ordersPerSecond, convergeMs. See docs/load-testing.md.`;
  static override examples = [
    '<%= config.bin %> fire 3',
    "<%= config.bin %> fire 3 --users 500 --requests 20 --threshold 'accepted==100' --threshold 'p99<250'",
    '<%= config.bin %> fire 3 --rate 5000 --duration 30s --ramp 5s --users 20000 --html fire.html',
    '<%= config.bin %> fire 3 --behaviour impatient=20% --behaviour forge=5% --behaviour retry --json',
  ];
  static override args = { event: eventArg({ required: true }) };
  static override flags = {
    users: Flags.integer({ default: 500, description: 'How many buyers' }),
    requests: Flags.integer({ default: 20, description: 'How many requests each of them sends' }),
    rate: Flags.integer({ helpValue: 'N', description: 'Requests a second, whatever the answers do (open model)' }),
    duration: Flags.string({
      helpValue: '30s',
      description: 'How long requests are sent (default with --rate: until users × requests are)',
    }),
    ramp: Flags.string({ helpValue: '5s', description: 'Rise to the full load over this long (default: at once)' }),
    workers: Flags.integer({
      helpValue: 'N',
      description: 'Threads that send (default: the cores but one, at most 4)',
    }),
    connections: Flags.integer({
      helpValue: 'N',
      description: 'Connections in all (default: one a user, at most 1000)',
    }),
    timeout: Flags.string({ default: '10s', helpValue: '10s', description: 'How long an answer is waited for' }),
    behaviour: Flags.string({
      multiple: true,
      helpValue: 'NAME[=SHARE%]',
      description: 'How buyers behave: plain, impatient, retry, share, forge, cancel, pay; can be given again',
    }),
    threshold: Flags.string({
      multiple: true,
      helpValue: 'p99<250',
      description: 'What must be so; can be given again',
    }),
    wait: Flags.boolean({ description: 'Wait for the start of an event that has not started' }),
    converge: Flags.string({
      default: '30s',
      helpValue: '30s',
      description: 'How long accepted orders may take into MySQL',
    }),
    url: Flags.string({
      helpValue: 'URL',
      description: 'Where to send the purchases (default: the URL of the context); must be on its host',
    }),
    junit: Flags.string({ helpValue: 'FILE', description: 'Write the verdict as JUnit XML' }),
    html: Flags.string({ helpValue: 'FILE', description: 'Write the report as one HTML page with plots' }),
    'dry-run': Flags.boolean({ description: 'Only say what would be fired' }),
  };

  async run(): Promise<FireReport | FirePreview> {
    const { connectStaff, findConnection } = await import('../cli/connectStaff.js');
    const { isOnThisMachine } = await import('../cli/local/isOnThisMachine.js');
    const { localStores } = await import('../cli/local/localStores.js');
    const { fire } = await import('../loadtest/fire.js');
    const { createFireScreen } = await import('../loadtest/report/createFireScreen.js');
    const { reportText } = await import('../loadtest/report/reportText.js');
    const { requireWritable, writeReports } = await import('../loadtest/report/writeReports.js');
    const connection = { contextName: this.flags.context, warn: (text: string) => this.out.warn(text) };
    const { url } = (await findConnection(connection)).context;
    const { requestsMax, ...planned } = await this.plan(url);
    const { plan, users } = planned;
    await requireWritable(this.flags);
    if (this.flags['dry-run']) {
      this.out.info(
        `Up to ${requestsMax} requests of ${users} test buyers would be fired at ${planned.load.spikeUrl}.`,
      );
      return { dryRun: true, url: planned.load.spikeUrl, users, requestsMax, plan };
    }
    if (!isOnThisMachine(url))
      await this.confirm(`Fire ${requestsMax} requests at ${planned.load.spikeUrl}? What is accepted is sold.`);
    // Without the signal of Ctrl-C: what was fired until then is still judged.
    const staff = await connectStaff(connection);
    try {
      const report = await fire({
        ...planned,
        staff,
        facts: { spikectl: this.config.version, stores: await localStores(url) },
        signal: this.signal,
        screen: createFireScreen(this.out, { begun: () => this.endByItself() }),
      });
      this.out.result(reportText(report, this.out.paint));
      for (const file of await writeReports(report, this.flags)) this.out.info(`Written: ${file}`);
      if (!report.ok) this.endWith(exitCodes.threshold);
      return report;
    } finally {
      await staff.close();
    }
  }

  private async plan(contextUrl: string): Promise<PlannedFire> {
    const { parseDuration } = await import('../cli/parseDuration.js');
    const { planFire } = await import('../loadtest/planFire.js');
    const { behaviour = [], threshold = [], duration, ramp, timeout, converge, ...typed } = this.flags;
    return planFire({
      ...typed,
      eventId: this.args.event,
      contextUrl,
      behaviours: behaviour,
      thresholds: threshold,
      durationSeconds: duration === undefined ? undefined : parseDuration(duration, '--duration'),
      rampSeconds: ramp === undefined ? 0 : parseDuration(ramp, '--ramp'),
      timeoutSeconds: parseDuration(timeout, '--timeout'),
      convergeSeconds: parseDuration(converge, '--converge'),
    });
  }
}

/** What `--dry-run` answers. */
interface FirePreview {
  dryRun: true;
  url: string;
  users: number;
  requestsMax: number;
  plan: FirePlan;
}
