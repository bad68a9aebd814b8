import { Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { usageError } from '../../cli/errors.js';
import { eventArg } from '../../cli/eventId.js';
import { limitValueFlags } from '../../cli/limitFlags.js';
import type { LimitsView } from '../../domain/wire.js';

export default class LimitSet extends BaseCommand<typeof LimitSet> {
  static override summary = 'Set limits of an event, or for all events; in force within a second';
  static override examples = [
    '<%= config.bin %> limit set 3 --user-rate 2 --user-burst 5',
    '<%= config.bin %> limit set --max-in-flight 500',
    '<%= config.bin %> limit set --address-rate 30 --dry-run',
  ];
  static override args = { event: eventArg({ description: 'Id of the event (default: for all events)' }) };
  static override flags = {
    ...limitValueFlags,
    'dry-run': Flags.boolean({ description: 'Only say what would change' }),
  };

  async run(): Promise<LimitsView> {
    const { limitChanges } = await import('../../cli/limitFlags.js');
    const { changeLimits } = await import('../../cli/changeLimits.js');
    const changes = limitChanges<number>(this.flags);
    if (Object.keys(changes).length === 0) throw usageError('No limit was given.', 'spikectl limit set --help');
    return this.withStaff(async (staff) =>
      changeLimits(staff, this.args.event, changes, { out: this.out, dryRun: this.flags['dry-run'] }),
    );
  }
}
