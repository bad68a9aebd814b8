import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { usageError } from '../../cli/errors.js';
import type { CommodityView } from '../../domain/wire.js';

export default class CommodityCreate extends BaseCommand<typeof CommodityCreate> {
  static override summary = 'Create a commodity that events can sell';
  static override description = 'Prints the id of the new commodity.';
  static override examples = ['<%= config.bin %> commodity create Sneakers --description "Limited edition, red"'];
  static override args = { name: Args.string({ description: 'Name, as shoppers read it' }) };
  static override flags = {
    name: Flags.string({ description: 'The same as the argument' }),
    description: Flags.string({ description: 'What shoppers read below the name' }),
  };

  async run(): Promise<CommodityView> {
    const name = (this.args.name ?? this.flags.name)?.trim();
    if (name === undefined || name === '') throw usageError('The name is missing.', 'spikectl commodity create NAME');
    if (this.args.name !== undefined && this.flags.name !== undefined) {
      throw usageError('The name was given twice.', `spikectl commodity create ${JSON.stringify(name)}`);
    }
    const { commodity } = await this.withStaff(async (staff) => staff.createCommodity(name, this.flags.description));
    this.out.success(`Created commodity ${commodity.id}: ${commodity.name}.`);
    this.out.result(commodity.id);
    this.out.info(`Sell it: spikectl event create --commodity ${commodity.id} --title … --price … --stock …`);
    return commodity;
  }
}
