import { Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { eventArg } from '../../cli/eventId.js';
import type { RuleCheckView } from '../../domain/wire/rules.js';

export default class RuleCheck extends BaseCommand<typeof RuleCheck> {
  static override summary = 'Explain whether a user may buy in an event, filter by filter';
  static override description = `Every filter is asked, also behind the first that refuses. With --rule a draft is asked instead of the rule of the event, and nothing is changed.
Ends with 0 whether the user may buy or not: see "eligible" under --json.`;
  static override examples = [
    '<%= config.bin %> rule check 3 --user 7',
    '<%= config.bin %> rule check 3 --user +491701234567 --json',
    {
      description: 'A rule before it is set:',
      command: `<%= config.bin %> rule check 3 --user 7 --rule '[{"name":"expression","rule":"user.age >= 21"}]'`,
    },
  ];
  static override args = { event: eventArg({ required: true }) };
  static override flags = {
    user: Flags.string({ required: true, helpValue: 'ID|PHONE', description: 'Who wants to buy' }),
    rule: Flags.string({ helpValue: 'FILE|JSON', description: 'A draft (default: the rule of the event)' }),
  };

  async run(): Promise<RuleCheckView> {
    const { checkRule } = await import('../../cli/rules/checkRule.js');
    const { checkText } = await import('../../cli/rules/ruleText.js');
    const { readRule } = await import('../../cli/readRule.js');
    const { user, rule } = this.flags;
    const draft = rule === undefined ? undefined : await readRule(rule);
    const check = await this.withStaff(async (staff) => checkRule(staff, { eventId: this.args.event, user, draft }));
    this.out.result(checkText(check, this.out.paint));
    return check;
  }
}
