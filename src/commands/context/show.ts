import { Args } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { findContext, readContexts } from '../../cli/contexts.js';
import { contextView, type ContextView } from '../../cli/contextView.js';
import { usageError } from '../../cli/errors.js';
import { formatFields } from '../../cli/format.js';

export default class ContextShow extends BaseCommand<typeof ContextShow> {
  static override summary = 'Show which deployment commands talk to, and as whom';
  static override description = 'The token is never shown.';
  static override examples = ['<%= config.bin %> context show', '<%= config.bin %> context show staging'];
  static override args = {
    name: Args.string({ description: 'Name of the context (default: the current one)' }),
  };

  async run(): Promise<ContextView> {
    const known = await readContexts({ warn: (text) => this.out.warn(text) });
    const name = this.args.name ?? this.flags.context ?? known.current;
    if (name === undefined) throw usageError('There is no current context.', 'spikectl login', 'spikectl context list');
    const view = contextView(name, findContext(known, name), name === known.current);
    this.out.result(
      formatFields([
        ['Name', view.name],
        ['Current', view.current ? 'yes' : 'no'],
        ['URL', view.url],
        ['Admin URL', view.adminUrl],
        ['Username', view.username],
        ['Logged in', view.loggedIn ? 'yes' : 'no'],
        ['Token expires', view.tokenExpiresAt],
      ]),
    );
    return view;
  }
}
