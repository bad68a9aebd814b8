import { Args } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { printTable, tableFlags } from '../../cli/table.js';
import type { FilterView } from '../../domain/wire/rules.js';

export default class RuleList extends BaseCommand<typeof RuleList> {
  static override summary = 'List the filters that a rule can be made of';
  static override description = 'With the name of one: its settings as JSON Schema, and an example.';
  static override examples = [
    '<%= config.bin %> rule list',
    '<%= config.bin %> rule list expression',
    '<%= config.bin %> rule list --columns name,example',
  ];
  static override args = { filter: Args.string({ description: 'Name of one filter' }) };
  static override flags = tableFlags;

  async run(): Promise<FilterView[]> {
    const { listFilters } = await import('../../cli/rules/listFilters.js');
    const { filterColumns, filterText } = await import('../../cli/rules/ruleText.js');
    const filters = await this.withStaff(async (staff) => listFilters(staff, this.args.filter));
    const [one] = filters;
    if (this.args.filter !== undefined && one !== undefined) {
      this.out.result(filterText(one, this.out.paint));
      return filters;
    }
    const rows = await printTable(filters, {
      columns: filterColumns,
      flags: this.flags,
      out: this.out,
      nothing: 'This deployment knows no filter.',
    });
    this.out.info('All about one of them: spikectl rule list NAME');
    return rows;
  }
}
