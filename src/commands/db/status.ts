import { BaseCommand } from '../../cli/baseCommand.js';
import { formatFields } from '../../cli/format.js';
import type { DatabaseStatus } from '../../daemon/databaseStatus.js';

export default class DbStatus extends BaseCommand<typeof DbStatus> {
  static override summary = 'Show which migrations the database has';
  static override examples = ['<%= config.bin %> db status', '<%= config.bin %> db status --json'];

  async run(): Promise<DatabaseStatus> {
    const { findDeployment } = await import('../../cli/local/findDeployment.js');
    const { databaseStatus } = await import('../../daemon/databaseStatus.js');
    const status = await databaseStatus(await findDeployment());
    this.out.result(
      formatFields([
        ['database', status.url],
        ['applied', status.applied.join(', ') || null],
        ['pending', status.pending.join(', ') || null],
      ]),
    );
    if (status.pending.length > 0) this.out.info('Apply them: spikectl db migrate');
    return status;
  }
}
