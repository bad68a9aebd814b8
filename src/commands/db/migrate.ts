import { Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';

export default class DbMigrate extends BaseCommand<typeof DbMigrate> {
  static override summary = 'Bring the schema up to date';
  static override examples = ['<%= config.bin %> db migrate', '<%= config.bin %> db migrate --dry-run'];
  static override flags = { 'dry-run': Flags.boolean({ description: 'Only say what would be applied' }) };

  async run(): Promise<{ applied: readonly string[]; dryRun?: true }> {
    const { findDeployment } = await import('../../cli/local/findDeployment.js');
    const { migrateDatabase } = await import('../../daemon/migrateDatabase.js');
    const deployment = await findDeployment();
    if (this.flags['dry-run']) {
      const { databaseStatus } = await import('../../daemon/databaseStatus.js');
      const { pending } = await databaseStatus(deployment);
      this.out.result(pending.length === 0 ? 'The schema is up to date.' : `Would apply ${pending.join(', ')}.`);
      return { applied: pending, dryRun: true };
    }
    const applied = await migrateDatabase(deployment);
    this.out.success(applied.length === 0 ? 'The schema was up to date.' : `Applied ${applied.join(', ')}.`);
    return { applied };
  }
}
