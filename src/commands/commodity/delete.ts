import { Args } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';

export default class CommodityDelete extends BaseCommand<typeof CommodityDelete> {
  static override summary = 'Delete a commodity that no event ever sold';
  static override description = 'Asks first. An event keeps what it sold, also when the event itself is deleted.';
  static override examples = [
    '<%= config.bin %> commodity delete Sneakers',
    '<%= config.bin %> commodity delete 3 --yes',
  ];
  static override args = {
    commodity: Args.string({ required: true, description: 'Id or name of the commodity' }),
  };

  async run(): Promise<{ id: string; name: string; deleted: true }> {
    const { findCommodity } = await import('../../cli/findCommodity.js');
    const { listCommodities } = await import('../../cli/listCommodities.js');
    return this.withStaff(async (staff) => {
      const { id, name } = findCommodity(await listCommodities(staff), this.args.commodity);
      await this.confirm(`Delete commodity ${id} (${name})?`);
      await staff.deleteCommodity(id);
      this.out.success(`Deleted commodity ${id} (${name}).`);
      return { id, name, deleted: true };
    });
  }
}
