import { Flags } from '@oclif/core';
import { BaseCommand } from '../cli/baseCommand.js';
import { eventArg } from '../cli/eventId.js';
import type { LiveFrame } from '../domain/wire/live.js';

export default class Dashboard extends BaseCommand<typeof Dashboard> {
  static override summary = 'The sale on one live screen: stock, answers, queues, processes, alerts';
  static override description = `Keys pause, resume and restock, change a limit and replay dead letters; each asks first and shows the command that does the same. ? explains the screen.
In a pipe, and with --once, it prints one frame.`;
  static override examples = [
    '<%= config.bin %> dashboard',
    '<%= config.bin %> dashboard 3 --readonly',
    '<%= config.bin %> dashboard --once --json',
  ];
  static override args = { event: eventArg({ description: 'Begin with everything about this event' }) };
  static override flags = {
    once: Flags.boolean({ description: 'Print one frame and end' }),
    readonly: Flags.boolean({ description: 'Change nothing from this screen, for one on a wall' }),
  };

  async run(): Promise<LiveFrame | { ended: true }> {
    const { openDashboard } = await import('../cli/openDashboard.js');
    const { event: eventId } = this.args;
    const { once, readonly: isReadonly, context: contextName } = this.flags;
    return openDashboard({ eventId, once, isReadonly, contextName, out: this.out, signal: this.signal });
  }
}
