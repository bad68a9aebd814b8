import type { FilterView, RuleCheckView, RuleDraftCheckView, VerdictView } from '../../domain/wire/rules.js';
import type { Paint } from '../style.js';
import type { Column } from '../table.js';

export const filterColumns: Column<FilterView>[] = [
  { name: 'name', value: ({ name }) => name },
  { name: 'settings', value: (filter) => settingsOf(filter).join(', ') || 'none' },
  { name: 'description', value: ({ description }) => description },
  { name: 'example', value: ({ example }) => JSON.stringify(example), extra: true },
];

/** All that there is to know of one filter. */
export function filterText({ name, description, schema, example }: FilterView, paint: Paint): string {
  return [
    `${paint('bold', name)}: ${description}`,
    `${paint('bold', 'Settings')}, as JSON Schema\n${JSON.stringify(schema, null, 2)}`,
    `${paint('bold', 'Example')}\n[${JSON.stringify(example)}]`,
  ].join('\n\n');
}

/** The answer in a sentence, then a line for the account and for each link, with why. */
export function checkText(check: RuleCheckView | RuleDraftCheckView, paint: Paint): string {
  const { userId, eventId, eligible, reason, account, links } = check;
  const who = eventId === null ? `User ${userId} could` : `User ${userId} may`;
  const where = eventId === null ? 'in an event under this rule' : `in event ${eventId}`;
  const sentence = eligible ? `${who} buy ${where}.` : `${who} not buy ${where}: ${reason}.`;
  const steps = [{ name: 'account', settings: {}, ...account }, ...links];
  const width = Math.max(...steps.map(({ name }) => name.length));
  const lines = steps.map((step) => `${mark(step, paint)} ${step.name.padEnd(width)}  ${saying(step)}`.trimEnd());
  const note = links.length === 0 ? ['  There is no rule: everybody may buy whose account is not blocked.'] : [];
  return [paint(eligible ? 'green' : 'red', sentence), ...lines, ...note].join('\n');
}

function mark({ passed }: VerdictView, paint: Paint): string {
  return passed ? paint('green', '✓') : paint('red', '✗');
}

function saying({ settings, reason }: VerdictView & { settings: unknown }): string {
  const asked = JSON.stringify(settings);
  return [...(asked === '{}' ? [] : [asked]), ...(reason === null ? [] : [reason])].join('  ');
}

function settingsOf({ schema }: FilterView): string[] {
  const { properties } = schema as { properties?: object };
  return Object.keys(properties ?? {});
}
