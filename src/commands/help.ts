import { loadHelpClass } from '@oclif/core';
import { BaseCommand } from '../cli/baseCommand.js';
import { commandNames, unknownCommand } from '../cli/unknownCommand.js';

export default class Help extends BaseCommand<typeof Help> {
  static override summary = 'Show what a command does, as --help does';
  static override examples = ['<%= config.bin %> help event create'];
  static override strict = false;

  async run(): Promise<{ command: string }> {
    const words = this.argv.filter((word) => !word.startsWith('-'));
    const command = words.join(' ');
    if (words.length > 0 && !commandNames(this.config).includes(command)) {
      throw unknownCommand(this.config, command, 'help ');
    }
    if (!this.jsonEnabled()) {
      const HelpClass = await loadHelpClass(this.config);
      await new HelpClass(this.config, this.config.pjson.oclif.helpOptions ?? {}).showHelp(words);
    }
    return { command };
  }
}
