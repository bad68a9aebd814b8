import { BaseCommand } from '../../cli/baseCommand.js';
import { CliError } from '../../cli/errors.js';

interface SeedResult {
  eventId: string;
  title: string;
  isNew: boolean;
  shopperPhone: string;
  credentialsFile: string;
}

export default class DbSeed extends BaseCommand<typeof DbSeed> {
  static override summary = 'Make the demo: the first admin, a shopper, and a running sale event with stock 100';
  static override description = 'What is there already is kept. The services must be running.';
  static override examples = ['<%= config.bin %> db seed'];

  async run(): Promise<SeedResult> {
    const { findDeployment } = await import('../../cli/local/findDeployment.js');
    const { ensureDemo } = await import('../../cli/local/ensureDemo.js');
    const { logInLocally } = await import('../../cli/local/logInLocally.js');
    const { credentialsFile, ensureCredentials } = await import('../../daemon/credentials.js');
    const { ensureFirstAdmin } = await import('../../daemon/ensureFirstAdmin.js');
    const { systemStatus } = await import('../../daemon/systemStatus.js');
    const deployment = await findDeployment();
    const { credentials } = await ensureCredentials(deployment.home);
    await ensureFirstAdmin(deployment, credentials.admin);
    const { ingressUrl } = await systemStatus(deployment);
    const token = await logInLocally({ ingressUrl, admin: credentials.admin });
    if (token === undefined) {
      throw new CliError(
        'BAD_CREDENTIALS',
        `${credentials.admin.username} has another password than the one kept here.`,
        {
          exit: 4,
          suggestions: [`Correct it in ${credentialsFile(deployment.home)}, then: spikectl db seed`],
        },
      );
    }
    const { event, eventIsNew } = await ensureDemo({ ingressUrl, token, shopper: credentials.shopper });
    this.out.success(`Demo event ${event.id} ${eventIsNew ? 'made' : 'was there'}: stock ${event.quantity}.`);
    this.out.result(event.id);
    return {
      eventId: event.id,
      title: event.title,
      isNew: eventIsNew,
      shopperPhone: credentials.shopper.phone,
      credentialsFile: credentialsFile(deployment.home),
    };
  }
}
