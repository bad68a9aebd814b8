import { Flags } from '@oclif/core';
import { BaseCommand } from '../cli/baseCommand.js';
import type { Demo } from '../cli/local/ensureDemo.js';
import { runSteps } from '../cli/progress.js';
import type { BroughtUp } from '../daemon/bringUp.js';
import type { SystemStatus } from '../daemon/systemStatus.js';

interface UpResult extends SystemStatus {
  /** Stores and services that were not running before. */
  started: readonly string[];
  /** Where the passwords of the first admin and the demo shopper are kept. */
  credentialsFile: string;
  demo: { eventId: string; title: string; isNew: boolean; shopperPhone: string } | null;
}

export default class Up extends BaseCommand<typeof Up> {
  static override summary = 'Run the whole system on this machine';
  static override description =
    'Starts private MySQL, Redis and RabbitMQ (or uses those that SPIKE_MYSQL_URL, SPIKE_REDIS_URL and SPIKE_RABBITMQ_URL name), brings the schema up to date, makes the first admin, and starts the five services and the ingress. What runs already is left alone.';
  static override examples = [
    '<%= config.bin %> up',
    '<%= config.bin %> up --demo',
    '<%= config.bin %> up --yes --json',
  ];
  static override flags = {
    demo: Flags.boolean({ description: 'Make a shopper and a running sale event with stock 100 to try it with' }),
  };

  async run(): Promise<UpResult> {
    const { findDeployment } = await import('../cli/local/findDeployment.js');
    const { mayInstall } = await import('../cli/local/mayInstall.js');
    const { bringUp } = await import('../daemon/bringUp.js');
    const { credentialsFile } = await import('../daemon/credentials.js');
    const { systemStatus } = await import('../daemon/systemStatus.js');
    const deployment = await findDeployment();
    const up = await bringUp({
      deployment,
      runSteps: (steps, options) => runSteps(steps, this.out, options),
      mayInstall: mayInstall({
        yes: this.flags.yes,
        json: this.jsonEnabled(),
        confirm: (question) => this.confirm(question),
      }),
    });
    const status = await systemStatus(deployment);
    const demo = await this.logInAndDemo(status.ingressUrl, up);
    this.tell(status, up, demo, credentialsFile(deployment.home));
    return {
      ...status,
      started: [...up.startedStores, ...up.startedProcesses],
      credentialsFile: credentialsFile(deployment.home),
      demo: demo && {
        eventId: demo.event.id,
        title: demo.event.title,
        isNew: demo.eventIsNew,
        shopperPhone: up.credentials.shopper.phone,
      },
    };
  }

  private async logInAndDemo(ingressUrl: string, { credentials }: BroughtUp): Promise<Demo | null> {
    const { logInLocally } = await import('../cli/local/logInLocally.js');
    const { ensureDemo } = await import('../cli/local/ensureDemo.js');
    let token: string | undefined;
    let demo: Demo | null = null;
    const logIn = async () => {
      token = await logInLocally({ ingressUrl, admin: credentials.admin });
      if (token === undefined) return `${credentials.admin.username} has another password by now: spikectl login`;
      return `Logged in as ${credentials.admin.username} (context local)`;
    };
    const makeDemo = async () => {
      if (token === undefined) return 'No demo without an admin: log in, then spikectl db seed';
      demo = await ensureDemo({ ingressUrl, token, shopper: credentials.shopper });
      return `Demo event ${demo.event.id} ${demo.eventIsNew ? 'made' : 'was there'}: ${demo.event.available ?? '?'} of ${demo.event.quantity} left`;
    };
    await runSteps(
      [
        { title: 'Logging in', run: logIn },
        ...(this.flags.demo ? [{ title: 'Making the demo event', run: makeDemo }] : []),
      ],
      this.out,
    );
    return demo;
  }

  private tell(status: SystemStatus, up: BroughtUp, demo: Demo | null, file: string): void {
    const { credentials } = up;
    if (up.changedSettings.length > 0) {
      this.out.warn(
        `The services run with other settings than now given (${up.changedSettings.join(', ')}). Apply them: spikectl daemon restart`,
      );
    }
    this.out.info('');
    this.out.result(status.ingressUrl);
    this.out.info(`  the shop's page; the same address is the API and the ingress`);
    if (up.credentialsAreNew) {
      this.out.info(`  admin:   ${credentials.admin.username}  password ${credentials.admin.password}`);
      if (demo) this.out.info(`  shopper: ${credentials.shopper.phone}  password ${credentials.shopper.password}`);
    }
    this.out.info(`  passwords are kept in ${file}`);
    this.out.info('');
    this.out.info('Next:');
    // Whoever came through npm is in a clone, where the command is not on the PATH.
    const command = process.env.npm_command === undefined ? 'spikectl' : 'npx spikectl';
    if (demo) this.out.info(`  ${command} event show ${demo.event.id}`);
    for (const next of ['status', 'audit', 'down']) this.out.info(`  ${command} ${next}`);
  }
}
