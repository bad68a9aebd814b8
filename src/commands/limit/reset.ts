import { Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { eventArg } from '../../cli/eventId.js';
import { limitNameFlags } from '../../cli/limitFlags.js';
import type { LimitsView } from '../../domain/wire.js';

export default class LimitReset extends BaseCommand<typeof LimitReset> {
  static override summary = 'Take limits back: of an event to what holds for all, or for all to the settings';
  static override description = 'All limits of that scope, or only those that are named.';
  static override examples = [
    '<%= config.bin %> limit reset 3',
    '<%= config.bin %> limit reset 3 --user-rate',
    '<%= config.bin %> limit reset --dry-run',
  ];
  static override args = { event: eventArg({ description: 'Id of the event (default: what is set for all)' }) };
  static override flags = {
    ...limitNameFlags,
    'dry-run': Flags.boolean({ description: 'Only say what would change' }),
  };

  async run(): Promise<LimitsView> {
    const { limitChanges } = await import('../../cli/limitFlags.js');
    const { changeLimits, resetChanges } = await import('../../cli/changeLimits.js');
    const changes = resetChanges(limitChanges<boolean>(this.flags), this.args.event);
    return this.withStaff(async (staff) =>
      changeLimits(staff, this.args.event, changes, { out: this.out, dryRun: this.flags['dry-run'] }),
    );
  }
}
