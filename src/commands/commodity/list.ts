import { BaseCommand } from '../../cli/baseCommand.js';
import { formatTime } from '../../cli/format.js';
import { listCommodities } from '../../cli/listCommodities.js';
import { printTable, tableFlags, type Column } from '../../cli/table.js';
import type { CommodityView } from '../../domain/wire.js';

const columns: Column<CommodityView>[] = [
  { name: 'id', value: (row) => row.id },
  { name: 'name', value: (row) => row.name },
  { name: 'description', value: (row) => row.description },
  { name: 'createdAt', value: (row) => row.createdAt, show: (row) => formatTime(row.createdAt) },
  { name: 'updatedAt', value: (row) => row.updatedAt, show: (row) => formatTime(row.updatedAt), extra: true },
];

export default class CommodityList extends BaseCommand<typeof CommodityList> {
  static override summary = 'List commodities';
  static override examples = [
    '<%= config.bin %> commodity list',
    '<%= config.bin %> commodity list --filter name~sneak',
  ];
  static override flags = tableFlags;

  async run(): Promise<CommodityView[]> {
    const commodities = await this.withStaff(listCommodities);
    return printTable(commodities, {
      columns,
      flags: this.flags,
      out: this.out,
      nothing: 'There is no commodity yet. Make one: spikectl commodity create NAME',
    });
  }
}
