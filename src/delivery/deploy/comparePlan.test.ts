import { describe, expect, it } from '@jest/globals';
import { comparePlan } from './comparePlan.js';
import { hideSecrets } from './hideSecrets.js';
import { parseManifests } from './manifests.js';

const plan = (before: string, after: string) =>
  comparePlan(parseManifests(before), parseManifests(after), (text) => text);

const config = (name: string, value: string) =>
  `---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { value: ${value} }\n`;
const secret = (value: string) =>
  `---\napiVersion: v1\nkind: Secret\nmetadata: { name: s }\ndata: { key: ${Buffer.from(value).toString('base64')} }\n`;

describe('a plan', () => {
  it('says of each object whether it is made, changed, removed or left', () => {
    const planned = plan(
      config('left', 'a') + config('changed', 'a') + config('removed', 'a'),
      config('made', 'a') + config('left', 'a') + config('changed', 'b'),
    );
    expect(planned.map(({ name, change }) => [name, change])).toEqual([
      ['made', 'create'],
      ['changed', 'change'],
      ['removed', 'remove'],
      ['left', 'unchanged'],
    ]);
    expect(planned[1]?.diff).toContain('-  value: a\n+  value: b');
  });

  it('shows that a secret changed, and neither value', () => {
    const [changed] = plan(secret('old-value'), secret('new-value'));
    expect(changed).toMatchObject({ change: 'change', diff: expect.stringContaining('(hidden, another than now)') });
    for (const value of ['old-value', 'new-value']) {
      expect(changed?.diff).not.toContain(Buffer.from(value).toString('base64'));
    }
    expect(plan(secret('same'), secret('same'))).toMatchObject([{ change: 'unchanged', diff: null }]);
  });

  it('an order of fields that differs changes nothing, and neither does a newer version of the API', () => {
    const [same] = plan(
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, labels: { x: y } }',
      'kind: ConfigMap\nmetadata: { labels: { x: y }, name: a }\napiVersion: v1',
    );
    expect(same?.change).toBe('unchanged');
    const budget = (version: string) =>
      `apiVersion: policy/${version}\nkind: PodDisruptionBudget\nmetadata: { name: a }`;
    expect(plan(budget('v1beta1'), budget('v1'))).toMatchObject([{ change: 'change' }]);
  });

  it('leaves tests out', () => {
    const test = 'apiVersion: v1\nkind: Pod\nmetadata: { name: t, annotations: { helm.sh/hook: test } }';
    expect(plan('', test)).toEqual([]);
  });
});

it('manifests are shown with the values of Secrets hidden, in a form that the API takes', () => {
  const shown = hideSecrets(secret('the-value') + config('c', 'a'));
  expect(shown).not.toContain(Buffer.from('the-value').toString('base64'));
  expect(parseManifests(shown)).toMatchObject([
    { kind: 'Secret', document: { data: { key: Buffer.from('(hidden)').toString('base64') } } },
    { kind: 'ConfigMap', document: { data: { value: 'a' } } },
  ]);
});

it('a hook that is no longer rendered is not removed: helm leaves it', () => {
  const hook = 'apiVersion: v1\nkind: Secret\nmetadata: { name: made, annotations: { helm.sh/hook: pre-install } }';
  expect(plan(hook, '')).toEqual([]);
});
