import { Flags } from '@oclif/core';
import { BaseCommand } from '../cli/baseCommand.js';
import { readContexts, saveContext } from '../cli/contexts.js';
import { chooseTarget, parseUrl } from '../cli/login/chooseTarget.js';
import { readPassword, readUsername } from '../cli/login/readCredentials.js';

export default class Login extends BaseCommand<typeof Login> {
  static override summary = 'Log in to a deployment and make it the current one';
  static override description = `The password is asked for without being shown, read from stdin with --password-stdin, or taken from SPIKE_PASSWORD.
It is never a flag: flags end up in the shell's history and in the process list. What is kept is the token.`;
  static override examples = [
    '<%= config.bin %> login --username ada',
    'pass show spike/staging | <%= config.bin %> login --url https://shop.example --context staging --username ci --password-stdin',
  ];
  static override flags = {
    url: Flags.string({ env: 'SPIKE_URL', description: 'Where the deployment is (default: as the context says)' }),
    'admin-url': Flags.string({
      env: 'SPIKE_ADMIN_URL',
      description: 'Where /admin is reached, when that is not the same',
    }),
    username: Flags.string({ char: 'u', env: 'SPIKE_USERNAME', description: 'Name of the member of staff' }),
    'password-stdin': Flags.boolean({ description: 'Read the password from stdin' }),
  };

  async run() {
    const { createStaffClient } = await import('../client/createStaffClient.js');
    const { context: contextName, url, 'admin-url': adminUrl, username: givenName } = this.flags;
    const known = await readContexts({ warn: (text) => this.out.warn(text) });
    const target = await chooseTarget({
      known,
      contextName,
      url: url && parseUrl(url, '--url'),
      adminUrl: adminUrl && parseUrl(adminUrl, '--admin-url'),
    });
    const canAsk = this.canAsk();
    const username = await readUsername({ given: givenName, before: target.context.username, canAsk });
    const password = await readPassword({ fromStdin: this.flags['password-stdin'], canAsk });

    const client = createStaffClient({ url: target.context.adminUrl ?? target.context.url, signal: this.signal });
    const answer = await client.login(username, password).finally(() => client.close());

    await saveContext(
      target.name,
      { ...target.context, username, token: answer.token, tokenExpiresAt: answer.expire },
      { makeCurrent: true },
    );
    this.out.success(`Logged in to ${target.name} (${target.context.url}) as ${username}, ${answer.role}.`);
    return { context: target.name, url: target.context.url, username, role: answer.role, expiresAt: answer.expire };
  }
}
