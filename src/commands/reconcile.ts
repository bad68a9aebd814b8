import { Flags } from '@oclif/core';
import { BaseCommand } from '../cli/baseCommand.js';
import { exitCodes } from '../cli/errors.js';
import { eventArg } from '../cli/eventId.js';
import type { Reconciled } from '../cli/reconcileEvents.js';
import type { ReconcilePlan } from '../domain/wire.js';

interface ReconcileResult {
  ok: boolean;
  dryRun: boolean;
  events: (ReconcilePlan | Reconciled)[];
}

export default class Reconcile extends BaseCommand<typeof Reconcile> {
  static override summary =
    'Rebuild the stock in Redis from the truth: the orders in MySQL and what is on its way there';
  static override description = `An event whose stores agree is left alone. Of the others the sale stops (buyers are told to try again), the queue is drained, the stock is built anew, and the sale goes on: some seconds each.
The order service does it; who interrupts this command only stops watching. With --dry-run it ends with 3 when something would change.`;
  static override examples = [
    '<%= config.bin %> reconcile --dry-run',
    '<%= config.bin %> reconcile 3 --yes',
    { description: 'Also when the stores agree:', command: '<%= config.bin %> reconcile 3 --force' },
  ];
  static override args = { event: eventArg({ description: 'Id of the event (default: all)' }) };
  static override flags = {
    'dry-run': Flags.boolean({ exclusive: ['force'], description: 'Only say what would change' }),
    force: Flags.boolean({ description: 'Rebuild also events whose stores agree' }),
    timeout: Flags.string({ default: '2m', helpValue: '2m', description: 'How long to wait for each event' }),
  };

  async run(): Promise<ReconcileResult> {
    const { parseDuration } = await import('../cli/parseDuration.js');
    const { chooseEvents, planEvents } = await import('../cli/reconcileEvents.js');
    const { reconcileText } = await import('../cli/reconcileText.js');
    const timeoutSeconds = parseDuration(this.flags.timeout, '--timeout');
    return this.withStaff(async (staff) => {
      const eventIds = await chooseEvents(staff, this.args.event);
      const plans = await planEvents(staff, eventIds, (text) => this.out.detail(text));
      if (plans.length === 0) this.out.info('There is no event to reconcile.');
      else this.out.result(plans.map((plan) => reconcileText(plan, this.out.paint)).join('\n'));
      const wrong = plans.filter((plan) => !plan.ok);
      if (this.flags['dry-run']) {
        if (wrong.length === 0) return { ok: true, dryRun: true, events: plans };
        this.out.info(`Nothing was changed. Do it: spikectl reconcile${this.args.event ? ` ${this.args.event}` : ''}`);
        this.endWith(exitCodes.found);
        return { ok: false, dryRun: true, events: plans };
      }
      const chosen = this.flags.force ? plans : wrong;
      if (chosen.length > 0) {
        const names = chosen.map(({ id, title }) => `${id} (${title})`).join(', ');
        await this.confirm(`Stop the sale of event ${names} for some seconds and rebuild?`);
      }
      const events = await this.rebuild(staff, plans, chosen, timeoutSeconds);
      const ok = events.every((event) => event.audit?.ok ?? event.ok);
      if (!ok) {
        this.out.warn('The audit still finds something. See it: spikectl audit');
        this.endWith(exitCodes.found);
      }
      return { ok, dryRun: false, events };
    });
  }

  private async rebuild(
    staff: Parameters<Parameters<typeof this.withStaff>[0]>[0],
    plans: readonly ReconcilePlan[],
    chosen: readonly ReconcilePlan[],
    timeoutSeconds: number,
  ): Promise<Reconciled[]> {
    const { reconcileEvent } = await import('../cli/reconcileEvents.js');
    const { runSteps } = await import('../cli/progress.js');
    const done = new Map<string, Reconciled>();
    await runSteps(
      chosen.map((plan) => ({
        title: `Rebuilding event ${plan.id} (${plan.title})`,
        run: async () => {
          const reconciled = await reconcileEvent(staff, plan, { timeoutSeconds, signal: this.signal });
          done.set(plan.id, reconciled);
          const { available, pending, sold } = reconciled.audit ?? {};
          return `Rebuilt event ${plan.id}: ${available} available, ${pending} pending, ${sold} sold`;
        },
      })),
      this.out,
    );
    return plans.map((plan) => done.get(plan.id) ?? { ...plan, rebuilt: false, audit: null });
  }
}
