import { BaseCommand } from '../../cli/baseCommand.js';

export default class DbMigrate extends BaseCommand<typeof DbMigrate> {
  static override summary = 'Bring the schema up to date';
  static override examples = ['<%= config.bin %> db migrate'];

  async run(): Promise<{ applied: readonly string[] }> {
    const { findDeployment } = await import('../../cli/local/findDeployment.js');
    const { migrateDatabase } = await import('../../daemon/migrateDatabase.js');
    const applied = await migrateDatabase(await findDeployment());
    this.out.success(applied.length === 0 ? 'The schema was up to date.' : `Applied ${applied.join(', ')}.`);
    return { applied };
  }
}
