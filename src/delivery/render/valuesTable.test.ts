import { valueRows, valuesTable } from './valuesTable.js';

const values = `# Made by somebody

# First part of every name
name: spike

# Where the images come from
image:
  # Registry
  registry: ""
  # Tag, or
  # nothing
  tag: null

# The user of the pods
security:
  runAsUser: 10001
  drop: [ALL]
# Labels | marks
labels: {}
`;

describe('the table of a chart’s values', () => {
  test('has a row for each value, with the comment above it and its default', () => {
    expect(valueRows(values)).toEqual([
      { path: 'name', describe: 'First part of every name', usual: '"spike"' },
      { path: 'image', describe: 'Where the images come from', usual: null },
      { path: 'image.registry', describe: 'Registry', usual: '""' },
      { path: 'image.tag', describe: 'Tag, or nothing', usual: 'null' },
      { path: 'security', describe: 'The user of the pods', usual: '{"runAsUser":10001,"drop":["ALL"]}' },
      { path: 'labels', describe: 'Labels | marks', usual: '{}' },
    ]);
  });

  test('keeps its columns where a text has a bar in it', () => {
    expect(valuesTable(values).split('\n').at(-1)).toBe(String.raw`| ${'`labels`'} | Labels \| marks | ${'`{}`'} |`);
  });
});
