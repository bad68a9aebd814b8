import type { RuleLink } from '../../../src/domain/wire.js';
import type { EventDraft, FieldChange } from '../../../src/domain/wire/events.js';
import { formatPrice } from '../../src/text/formatPrice.js';
import type { Change } from '../desk/question.js';
import { describeRule } from '../rule/describeRule.js';
import { eventFormTexts } from '../text/eventForm.js';
import { duration, moment, none, number } from '../text/format.js';
import { limitTexts } from '../text/limits.js';
import type { LimitName } from '../../../src/domain/limits.js';

/** A field of an event as staff read it. */
function describeField(field: FieldChange['field'] | 'quantity', value: unknown): string {
  switch (field) {
    case 'priceCents':
      return formatPrice(value as number);
    case 'startsAt':
    case 'endsAt':
      return moment(value as string);
    case 'paymentWindowSeconds':
      return duration(value as number);
    case 'rule':
      return describeRule(value as RuleLink[]);
    case 'limits':
      return describeLimits(value as Partial<Record<LimitName, number>>);
    case 'purchaseLimit':
    case 'quantity':
      return number(value as number);
    case 'title':
      return value as string;
  }
}

export function describeChange({ field, before, after }: FieldChange): Change {
  return {
    label: eventFormTexts.names[field],
    before: describeField(field, before),
    after: describeField(field, after),
  };
}

/** All of an event that is to be made; there is nothing before it. */
export function describeDraft(draft: EventDraft, commodityName: string): Change[] {
  const { fields, names } = eventFormTexts;
  const rows: [string, string][] = [
    [names.title, draft.title],
    [fields.commodity, commodityName],
    [names.priceCents, describeField('priceCents', draft.priceCents)],
    [fields.quantity, describeField('quantity', draft.quantity)],
    [names.purchaseLimit, describeField('purchaseLimit', draft.purchaseLimit)],
    [names.startsAt, describeField('startsAt', draft.startsAt)],
    [names.endsAt, describeField('endsAt', draft.endsAt)],
    [names.paymentWindowSeconds, describeField('paymentWindowSeconds', draft.paymentWindowSeconds)],
    [names.rule, describeField('rule', draft.rule)],
    [names.limits, describeField('limits', draft.limits)],
  ];
  return rows.map(([label, after]) => ({ label, before: none, after }));
}

function describeLimits(limits: Partial<Record<LimitName, number>>): string {
  const entries = Object.entries(limits) as [LimitName, number][];
  return entries.length === 0 ? none : entries.map(([name, value]) => `${limitTexts.names[name]}: ${value}`).join('; ');
}
