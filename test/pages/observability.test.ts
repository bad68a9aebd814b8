import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readMetricsPage } from '../helpers/metricsPage.js';
import { promtool } from '../helpers/promtool.js';
import { unknownCommands } from '../helpers/commandLines.js';
import { createNameJudge } from '../helpers/promqlNames.js';
import { collectRenderValues } from '../../src/delivery/render/collectRenderValues.js';
import { renderAssets } from '../../src/delivery/render/renderAssets.js';

interface Rules {
  groups: { rules: { alert?: string; record?: string; expr: string; for?: string; labels: { severity: string } }[] }[];
}

interface Panel {
  id: number;
  type: string;
  title: string;
  description?: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { refId: string; expr: string; datasource: unknown }[];
  fieldConfig?: { defaults: { unit?: string } };
}

interface Dashboard {
  description: string;
  uid: string;
  schemaVersion: number;
  panels: Panel[];
  templating: { list: { name: string; type: string; query: string | { query: string } }[] };
}

const RUNBOOKS = fileURLToPath(new URL('../../docs/runbooks/', import.meta.url));
/** As Grafana replaces them. */
const variables: Readonly<Record<string, string>> = {
  $__rate_interval: '1m',
  $namespace: '.*',
  $event: '7|8',
};

let rules: Rules['groups'][number]['rules'];
let dashboard: Dashboard;
let unknownNames: (expression: string) => string[];

beforeAll(async () => {
  const render = async (kind: 'prometheus' | 'grafana', file: string) => {
    const files = await renderAssets(kind, await collectRenderValues(kind, {}, {}));
    return files.find((one) => one.path === file)!.content;
  };
  rules = (parse(await render('prometheus', 'rules.yaml')) as Rules).groups.flatMap((group) => group.rules);
  dashboard = JSON.parse(await render('grafana', 'dashboard.json')) as Dashboard;
  unknownNames = createNameJudge(
    await readMetricsPage(),
    rules.flatMap(({ record }) => record ?? []),
  );
});

describe('the rules', () => {
  test('ask for nothing but metrics and labels that the services export', () => {
    const faults = rules.flatMap(({ alert, record, expr }) =>
      unknownNames(expr).map((name) => `${alert ?? record}: ${name}`),
    );
    expect(faults).toEqual([]);
  });

  test('have a page for each alert, and there is no page without one', async () => {
    const pages = (await readdir(RUNBOOKS)).filter((name) => name !== 'README.md');
    expect(pages.sort()).toEqual(rules.flatMap(({ alert }) => (alert === undefined ? [] : `${alert}.md`)).sort());
  });
});

describe('the runbooks', () => {
  test('say in the index how severe each alert is', async () => {
    const index = await readFile(path.join(RUNBOOKS, 'README.md'), 'utf8');
    const rows = [...index.matchAll(/^\| \[(\w+)\]\((\w+)\.md\) +\| (\w+) /gm)].map(([, alert, page, severity]) => ({
      alert,
      page,
      severity,
    }));
    const alerts = rules.flatMap(({ alert, labels }) =>
      alert === undefined ? [] : [{ alert, page: alert, severity: labels.severity }],
    );
    const byName = (a: { alert?: string | undefined }, b: { alert?: string | undefined }) =>
      String(a.alert).localeCompare(String(b.alert));
    expect(rows.sort(byName)).toEqual(alerts.sort(byName));
  });

  test('begin with the name and the severity, and tell what it means, how to see it, why, what to do and when it is over', async () => {
    for (const { alert, labels } of rules) {
      if (alert === undefined) continue;
      const page = await readFile(path.join(RUNBOOKS, `${alert}.md`), 'utf8');
      expect({ alert, title: page.split('\n')[0] }).toEqual({ alert, title: `# ${alert}` });
      expect({ alert, severity: /^_(\w+)\._/m.exec(page)?.[1]?.toLowerCase() }).toEqual({
        alert,
        severity: labels.severity,
      });
      expect({ alert, sections: [...page.matchAll(/^## (.*)$/gm)].map(([, title]) => title) }).toEqual({
        alert,
        sections: ['What it means for shoppers', 'See it', 'Likely causes', 'What to do', 'It is over when'],
      });
    }
  });

  test('are reached from the operating guide, each of them', async () => {
    const guide = await readFile(path.join(RUNBOOKS, '..', 'operating.md'), 'utf8');
    const alerts = rules.flatMap(({ alert }) => alert ?? []);
    expect(alerts.filter((alert) => !guide.includes(`(runbooks/${alert}.md)`))).toEqual([]);
  });

  test('let nobody type a command or a flag that there is not', async () => {
    for (const name of await readdir(RUNBOOKS)) {
      const page = await readFile(path.join(RUNBOOKS, name), 'utf8');
      expect({ name, faults: await unknownCommands(page) }).toEqual({ name, faults: [] });
    }
  });
});

describe('the dashboard', () => {
  const queries = () =>
    dashboard.panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ title, expr })));

  test('asks for nothing but metrics and labels that the services export', () => {
    const faults = queries().flatMap(({ title, expr }) =>
      unknownNames(filledIn(expr)).map((name) => `${title}: ${name}`),
    );
    expect(faults).toEqual([]);
    for (const { name, type, query } of dashboard.templating.list) {
      if (type !== 'query' || typeof query === 'string') continue;
      const [, series = '', label = ''] = /^label_values\((.*), (\w+)\)$/.exec(filledIn(query.query)) ?? [];
      expect({ name, faults: unknownNames(`sum by (${label}) (${series})`) }).toEqual({ name, faults: [] });
    }
  });

  test('asks in a language that Prometheus understands', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'spike-dashboard-'));
    try {
      const recorded = queries().map(({ expr }, index) => ({ record: `panel:${index}`, expr: filledIn(expr) }));
      const file = path.join(folder, 'queries.json');
      await writeFile(file, JSON.stringify({ groups: [{ name: 'dashboard', rules: recorded }] }));
      expect(await promtool('check', 'rules', file)).toMatchObject({ code: 0 });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('says of every panel what it shows, and in which unit', () => {
    for (const { title, type, description, fieldConfig, targets } of dashboard.panels) {
      expect(title).toMatch(/\S/);
      if (type === 'row') continue;
      expect({ title, description }).toEqual({ title, description: expect.stringMatching(/\S{3}/) });
      expect({ title, unit: fieldConfig?.defaults.unit }).toEqual({ title, unit: expect.stringMatching(/^\w+$/) });
      expect({ title, refIds: targets?.map(({ refId }) => refId) }).toEqual({
        title,
        refIds: targets?.map((_target, index) => String.fromCharCode(65 + index)),
      });
      for (const { datasource } of targets ?? [])
        expect(datasource).toEqual({ type: 'prometheus', uid: '${datasource}' });
    }
  });

  test('has no two panels in one place, and none beyond the edge', () => {
    const taken = new Map<string, string>();
    for (const { title, gridPos } of dashboard.panels) {
      expect({ title, fits: gridPos.x >= 0 && gridPos.x + gridPos.w <= 24 }).toEqual({ title, fits: true });
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1)
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect({ title, over: taken.get(`${x} ${y}`) }).toEqual({ title, over: undefined });
          taken.set(`${x} ${y}`, title);
        }
    }
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });

  test('says how it was made, and where the data come from is chosen in it', () => {
    expect(dashboard.description).toContain('spikectl render grafana --out DIR');
    expect(dashboard.templating.list.map(({ name }) => name)).toEqual(['datasource', 'namespace', 'event']);
    expect(dashboard.uid).toBe('spike-sale');
    // The schema of Grafana 10.
    expect(dashboard.schemaVersion).toBeGreaterThanOrEqual(38);
  });
});

test('what these tests look for, they would find', async () => {
  expect(
    unknownNames('sum by (nobody, le) (rate(http_requests_total{rout="x",code="y"}[5m])) + missing_total'),
  ).toEqual([
    'label rout of http_requests_total',
    'label code of http_requests_total',
    'metric missing_total',
    'label nobody',
    'label le',
  ]);
  expect(unknownNames('spike_batch_size_sum / spike_batch_size')).toEqual(['metric spike_batch_size']);
  const page =
    '```sh\nnpx spikectl queue peak\nnpx spikectl queue peek --evnt 5 | head -3\n```\n`spikectl audit --jsn`, `spikectl up`';
  expect(await unknownCommands(page)).toEqual([
    'spikectl queue peak: no such command',
    'spikectl queue peek --evnt 5: no flag --evnt',
    'spikectl audit --jsn: no flag --jsn',
  ]);
});

function filledIn(expression: string): string {
  return Object.entries(variables).reduce((text, [name, value]) => text.replaceAll(name, value), expression);
}
