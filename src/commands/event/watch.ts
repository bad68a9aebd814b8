import { Flags } from '@oclif/core';
import type { StaffClient } from '../../client/createStaffClient.js';
import { BaseCommand } from '../../cli/baseCommand.js';
import { usageError } from '../../cli/errors.js';
import { eventArg } from '../../cli/eventId.js';
import { outliveToken, watchEvent, watchGoals, type Watched, type WatchGoal } from '../../cli/events/watchEvent.js';
import { knownEvent } from '../../cli/knownEvent.js';

export default class EventWatch extends BaseCommand<typeof EventWatch> {
  static override summary = 'Follow a sale until it is over, or until Ctrl-C';
  static override description = `On a terminal one line that is written over; in a pipe a line whenever something has changed. Short outages of the service are waited for. Without --until it ends when the sale is over and every accepted order is stored.
--until sold-out: no unit is left. ended: by its time or by staff. closed: by staff. drained: every accepted order is stored.
Ends with 6 when --until has not come within --timeout. With --json it prints one document at its end.`;
  static override examples = [
    '<%= config.bin %> event watch 3',
    '<%= config.bin %> event watch 3 --until sold-out --timeout 10m',
    '<%= config.bin %> event watch 3 --until drained --interval 5s --json',
  ];
  static override args = { event: eventArg({ required: true }) };
  static override flags = {
    interval: Flags.string({ default: '1s', helpValue: '1s', description: 'How often to look' }),
    until: Flags.option({ options: watchGoals, description: 'Stop when this has come' })(),
    timeout: Flags.string({ helpValue: '10m', description: 'Stop after this long (default: never)' }),
  };

  async run(): Promise<Watched & { until: WatchGoal | null }> {
    const { parseDuration } = await import('../../cli/parseDuration.js');
    const { createWatchScreen } = await import('../../cli/events/createWatchScreen.js');
    const { interval, timeout, until: goal } = this.flags;
    const intervalMs = parseDuration(interval, '--interval') * 1_000;
    const timeoutMs = timeout === undefined ? undefined : parseDuration(timeout, '--timeout') * 1_000;
    if (this.jsonEnabled() && goal === undefined && timeoutMs === undefined)
      throw usageError('With --json there has to be an end.', 'Pass --until sold-out, or --timeout 10m.');
    const screen = createWatchScreen(this.out);
    this.onInterrupt(() => screen.end());
    return this.withStaff(async (staff) => {
      const { event: id } = this.args;
      const lookAs = async (client: StaffClient) => (await knownEvent(id, client.showEvent(id))).event;
      const look = outliveToken(
        () => lookAs(staff),
        () => this.withStaff(lookAs),
      );
      const options = { goal, intervalMs, timeoutMs, signal: this.signal, onEvent: screen.show, say: screen.say };
      try {
        const watched = await watchEvent(look, options);
        return { ...watched, until: goal ?? null };
      } finally {
        screen.end();
      }
    });
  }
}
