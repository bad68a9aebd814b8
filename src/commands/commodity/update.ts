import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { usageError } from '../../cli/errors.js';
import type { CommodityView } from '../../domain/wire.js';

export default class CommodityUpdate extends BaseCommand<typeof CommodityUpdate> {
  static override summary = 'Change name or description of a commodity';
  static override description = 'Every event that sells it shows the new ones within a second.';
  static override examples = [
    '<%= config.bin %> commodity update Sneakers --name "Red sneakers"',
    '<%= config.bin %> commodity update 3 --description "Limited edition" --dry-run',
    '<%= config.bin %> commodity update 3 --description ""',
  ];
  static override args = {
    commodity: Args.string({ required: true, description: 'Id or name of the commodity' }),
  };
  static override flags = {
    name: Flags.string({ description: 'Name, as shoppers read it' }),
    description: Flags.string({ description: 'What shoppers read below the name; empty for nothing' }),
    'dry-run': Flags.boolean({ default: false, description: 'Only say what would change' }),
  };

  async run(): Promise<CommodityView & { dryRun: boolean }> {
    const { changeCommodity } = await import('../../cli/changeCommodity.js');
    const { name, description, 'dry-run': dryRun } = this.flags;
    if (name === undefined && description === undefined) {
      throw usageError('Nothing to change was given.', 'Pass --name NAME or --description TEXT.');
    }
    if (name?.trim() === '') throw usageError('--name is empty.', '--name "Red sneakers"');
    return this.withStaff(async (staff) =>
      changeCommodity(staff, this.args.commodity, { name, description, dryRun, out: this.out }),
    );
  }
}
