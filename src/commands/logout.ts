import { BaseCommand } from '../cli/baseCommand.js';
import { findContext, readContexts, saveContext } from '../cli/contexts.js';
import { notLoggedIn } from '../cli/errors.js';

export default class Logout extends BaseCommand<typeof Logout> {
  static override summary = 'Forget the token of a deployment';
  static override description =
    'The context stays, with its URL and username, so that `login` needs the password only.';
  static override examples = ['<%= config.bin %> logout', '<%= config.bin %> logout --context staging'];

  async run() {
    const known = await readContexts({ warn: (text) => this.out.warn(text) });
    const name = this.flags.context ?? known.current;
    if (name === undefined) throw notLoggedIn('You are not logged in to any deployment.');
    const { token, tokenExpiresAt: _forgotten, ...rest } = findContext(known, name);
    const wasLoggedIn = token !== undefined;
    await saveContext(name, rest);
    if (wasLoggedIn) this.out.success(`Logged out of ${name} (${rest.url}).`);
    else this.out.info(`You were not logged in to ${name} (${rest.url}).`);
    return { context: name, url: rest.url, wasLoggedIn };
  }
}
