import { Args } from '@oclif/core';
import { BaseCommand } from '../cli/baseCommand.js';
import { scripts, shells, type Shell } from '../cli/completion/scripts.js';

export default class Completion extends BaseCommand<typeof Completion> {
  static override summary = 'Print what makes the tab key complete commands, flags, values and ids';
  static override description = `bash: add this line to ~/.bashrc
  eval "$(spikectl completion bash)"

zsh: add this line to ~/.zshrc, below the one with compinit
  eval "$(spikectl completion zsh)"

Ids of events, commodities and users come from the deployment that you are logged in to. Nothing has to be done again after an upgrade.`;
  static override examples = [
    'eval "$(<%= config.bin %> completion bash)"',
    '<%= config.bin %> completion zsh > ~/.zsh/_spikectl',
  ];
  static override args = {
    shell: Args.string({ required: true, options: [...shells], description: 'Which shell' }),
  };

  run(): Promise<{ shell: Shell; script: string }> {
    const shell = this.args.shell as Shell;
    const script = scripts[shell];
    this.out.result(script.trimEnd());
    return Promise.resolve({ shell, script });
  }
}
