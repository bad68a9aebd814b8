import { Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { eventArg } from '../../cli/eventId.js';
import type { RuleCheckView, RuleDraftCheckView } from '../../domain/wire/rules.js';

export default class RuleCheck extends BaseCommand<typeof RuleCheck> {
  static override summary = 'Explain whether a user may buy in an event, filter by filter';
  static override description = `Every filter is asked, also behind the first that refuses. With --rule a draft is asked instead of the rule of the event, and nothing is changed.
Without EVENT the draft is asked for an event that is not made yet: nobody is on its allow list, and a condition sees of the event what the flags say, and refuses where it asks for more.
Ends with 0 whether the user may buy or not: see "eligible" under --json.`;
  static override examples = [
    '<%= config.bin %> rule check 3 --user 7',
    '<%= config.bin %> rule check 3 --user +491701234567 --json',
    {
      description: 'A rule before it is set:',
      command: `<%= config.bin %> rule check 3 --user 7 --rule '[{"name":"expression","rule":"user.age >= 21"}]'`,
    },
    {
      description: 'A rule before there is an event:',
      command: '<%= config.bin %> rule check --user 7 --rule draft.json --price 9.99 --starts +10m',
    },
  ];
  static override args = { event: eventArg() };
  static override flags = {
    user: Flags.string({ required: true, helpValue: 'ID|PHONE', description: 'Who wants to buy' }),
    rule: Flags.string({ helpValue: 'FILE|JSON', description: 'A draft (default: the rule of the event)' }),
    title: Flags.string({ description: 'Without EVENT: what shoppers will read' }),
    commodity: Flags.string({ helpValue: 'ID|NAME', description: 'Without EVENT: what will be sold' }),
    price: Flags.string({
      helpValue: '9.99',
      exclusive: ['price-cents'],
      description: 'Without EVENT: price of one unit',
    }),
    'price-cents': Flags.integer({ min: 0, description: 'Without EVENT: price of one unit in minor units' }),
    stock: Flags.integer({ min: 1, description: 'Without EVENT: units offered' }),
    starts: Flags.string({
      helpValue: 'now|+10m|ISO',
      description: 'Without EVENT: when it starts; +10m counts from now',
    }),
    ends: Flags.string({
      helpValue: '+1h|ISO',
      description: 'Without EVENT: when it ends; +1h counts from the start, or from now',
    }),
  };

  async run(): Promise<RuleCheckView | RuleDraftCheckView> {
    const { checkRule } = await import('../../cli/rules/checkRule.js');
    const { ruleQuestion } = await import('../../cli/rules/ruleQuestion.js');
    const { checkText } = await import('../../cli/rules/ruleText.js');
    const question = await ruleQuestion(this.args.event, this.flags, Date.now());
    const check = await this.withStaff(async (staff) => checkRule(staff, this.flags.user, question));
    this.out.result(checkText(check, this.out.paint));
    return check;
  }
}
