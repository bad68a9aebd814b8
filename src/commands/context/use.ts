import { Args } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { useContext } from '../../cli/contexts.js';

export default class ContextUse extends BaseCommand<typeof ContextUse> {
  static override summary = 'Choose the deployment that commands talk to';
  static override examples = ['<%= config.bin %> context use staging'];
  static override args = {
    name: Args.string({ required: true, description: 'Name of the context' }),
  };

  async run(): Promise<{ current: string; url: string }> {
    const { name } = this.args;
    const { url } = await useContext(name);
    this.out.success(`Commands now talk to ${name} (${url}).`);
    return { current: name, url };
  }
}
