import { Args } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { deleteContext, findContext, readContexts } from '../../cli/contexts.js';

export default class ContextDelete extends BaseCommand<typeof ContextDelete> {
  static override summary = 'Forget a deployment, and the token for it';
  static override description = 'The deployment itself is not touched.';
  static override examples = [
    '<%= config.bin %> context delete staging',
    '<%= config.bin %> context delete staging --yes',
  ];
  static override args = {
    name: Args.string({ required: true, description: 'Name of the context' }),
  };

  async run(): Promise<{ name: string; url: string; deleted: true; wasCurrent: boolean }> {
    const { name } = this.args;
    const known = await readContexts({ warn: (text) => this.out.warn(text) });
    const { url } = findContext(known, name);
    const wasCurrent = known.current === name;
    await this.confirm(`Forget context ${name} (${url})?`);
    await deleteContext(name);
    this.out.success(`Forgot ${name} (${url}).`);
    if (wasCurrent) this.out.info('It was the current one. Choose another: spikectl context use NAME');
    return { name, url, deleted: true, wasCurrent };
  }
}
