import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { promtool } from '../helpers/promtool.js';
import { settings } from '../../src/config/settings.js';
import { collectRenderValues } from '../../src/delivery/render/collectRenderValues.js';
import { renderAssets } from '../../src/delivery/render/renderAssets.js';

interface Rule {
  alert?: string;
  record?: string;
  expr: string;
  for?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

const RUNBOOKS = 'https://docs.example/runbooks';

let folder: string;
let alerts: (Rule & { alert: string })[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'spike-prometheus-'));
  const values = await collectRenderValues('prometheus', { runbooks: `${RUNBOOKS}/`, namespace: 'shop' }, {});
  for (const { path: name, content } of await renderAssets('prometheus', values))
    await writeFile(path.join(folder, name), content);
  const { groups } = parse(await readFile(path.join(folder, 'rules.yaml'), 'utf8')) as { groups: { rules: Rule[] }[] };
  const rules = groups.flatMap((group) => group.rules);
  alerts = rules.filter((rule): rule is Rule & { alert: string } => rule.alert !== undefined);
});

afterAll(() => rm(folder, { recursive: true }));

/** Series in promtool's notation: `1x80` is a one that stays for 80 steps, `0+5x80` rises by five in each. */
type Series = Readonly<Record<string, string>>;

/** The whole system as five processes that feel well. */
const atRest: Series = {
  ...Object.fromEntries(
    ['user', 'spike', 'access', 'order', 'admin'].flatMap((service) => [
      [`spike_build_info{service="${service}",process="0",version="1"}`, '1x200'],
      [`process_start_time_seconds{service="${service}",process="0",instance="a"}`, '5x40 9x160'],
      [`process_resident_memory_bytes{service="${service}",process="0",instance="a"}`, '200000000x200'],
      [`nodejs_eventloop_lag_p99_seconds{service="${service}",process="0",instance="a"}`, '0.02x200'],
      [`spike_store_up{service="${service}",process="0",store="redis"}`, '1x200'],
      [`spike_mysql_waiting{service="${service}",process="0",instance="a"}`, '0 3 0 5 0x196'],
    ]),
  ),
  'spike_queue_messages_ready{service="admin",process="0",queue="dead"}': '0x200',
  'spike_queue_messages_ready{service="admin",process="0",queue="orders"}': '0 4000 0x198',
  'spike_queue_consumers{service="admin",process="0",queue="orders"}': '1 0 1x198',
  'spike_event_broken_units{service="admin",process="0",event="7",invariant="sum"}': '0x200',
  'spike_event_broken_units{service="admin",process="0",event="7",invariant="oversold"}': '0x200',
  'spike_event_rebuilding{service="admin",process="0",event="7"}': '0 1 0x198',
  'spike_event_stuck_reservations{service="admin",process="0",event="7"}': '0x200',
  // A sale of ten thousand units in a minute.
  'spike_event_units{service="admin",process="0",event="7",state="pending"}': '0 3000 6000 1000 0x196',
  'spike_event_pending_max{service="spike",process="0"}': '100000x200',
  'http_requests_total{service="spike",process="0",method="POST",route="/spike/:id/:ticket",status="200"}':
    '0+1500x200',
  'http_refusals_total{service="spike",process="0",method="POST",route="/spike/:id/:ticket",code="SOLD_OUT"}':
    '0+900x200',
  'http_request_duration_seconds_bucket{service="spike",process="0",method="POST",route="/spike/:id/:ticket",le="0.1"}':
    '0+1500x200',
  'http_request_duration_seconds_bucket{service="spike",process="0",method="POST",route="/spike/:id/:ticket",le="+Inf"}':
    '0+1500x200',
  // A probe that is refused is no shopper, and what else Prometheus reads is not ours.
  'http_requests_total{service="order",process="0",method="GET",route="/readyz",status="503"}': '0+10x200',
  'http_refusals_total{service="order",process="0",method="GET",route="/readyz",code="STORE_UNAVAILABLE"}': '0+10x200',
  'process_resident_memory_bytes{job="else",instance="b"}': '9000000000x200',
  'nodejs_eventloop_lag_p99_seconds{job="else",instance="b"}': '3x200',
  'process_start_time_seconds{job="else",instance="b"}': '0+1x200',
};

/** What makes each alert fire, with what it then says; from when on, and a moment before at which it does not yet. */
interface Fire {
  series: Series;
  quietAt: string;
  firesAt: string;
  labels: Readonly<Record<string, string>>;
  summary: string;
  description: string;
}

const purchases = 'service="spike",process="0",method="POST",route="/spike/:id/:ticket"';
const ofProcess = (service: string) => ({ service, process: '0', instance: 'a' });

const fires: Readonly<Record<string, Fire>> = {
  SpikeInvariantBroken: {
    // Two admin processes say it: it is one alert.
    series: {
      'spike_event_broken_units{service="admin",process="0",event="7",invariant="oversold"}': '0x4 2x196',
      'spike_event_broken_units{service="admin",process="0",event="7",invariant="oversold",instance="b"}': '0x4 2x196',
    },
    quietAt: '1m',
    firesAt: '1m30s',
    labels: { event: '7', invariant: 'oversold', severity: 'critical' },
    summary: 'Event 7 does not add up (oversold)',
    description: '2 units of event 7 more are promised than there are.',
  },
  SpikeStockRebuilding: {
    series: { 'spike_event_rebuilding{service="admin",process="0",event="7"}': '1x200' },
    quietAt: '45s',
    firesAt: '1m15s',
    labels: { event: '7', severity: 'critical' },
    summary: 'Event 7 does not sell, its stock is not rebuilt',
    description:
      'Redis has not had the stock of event 7 in good order for a minute; a rebuild takes some seconds. Its buyers get 503.',
  },
  SpikeDeadLetters: {
    series: { 'spike_queue_messages_ready{service="admin",process="0",queue="dead"}': '0 0 3x198' },
    quietAt: '1m15s',
    firesAt: '1m45s',
    labels: { severity: 'warning' },
    summary: 'Orders could not be stored',
    description: '3 messages are in the dead-letter queue: somebody was told yes and has no order.',
  },
  SpikeStuckReservations: {
    series: { 'spike_event_stuck_reservations{service="admin",process="0",event="7"}': '4x200' },
    quietAt: '45s',
    firesAt: '1m15s',
    labels: { event: '7', severity: 'warning' },
    summary: 'Reservations of event 7 are stuck',
    description:
      '4 reservations of event 7 have been waiting to be stored for longer than stuckAfterSeconds (60 s, unless it is set).',
  },
  SpikePendingGrowing: {
    series: { 'spike_event_units{service="admin",process="0",event="7",state="pending"}': '0+50x200' },
    quietAt: '3m',
    firesAt: '5m',
    labels: { event: '7', severity: 'warning' },
    summary: 'More is sold of event 7 than is stored',
    description: '1000 units of event 7 are reserved and not stored, and it has been growing for three minutes.',
  },
  SpikePendingNearlyFull: {
    series: { 'spike_event_units{service="admin",process="0",event="7",state="pending"}': '0 90000x199' },
    quietAt: '30s',
    firesAt: '1m',
    labels: { event: '7', severity: 'critical' },
    summary: 'Event 7 will soon refuse its buyers',
    description:
      '90% of the reservations of event 7 that may wait (pendingMax) are taken; at 100% purchases are answered 503.',
  },
  SpikeOrdersWaiting: {
    series: { 'spike_queue_messages_ready{service="admin",process="0",queue="orders"}': '2500x200' },
    quietAt: '4m45s',
    firesAt: '5m15s',
    labels: { severity: 'warning' },
    summary: 'The order queue does not empty',
    description: '2500 messages have been waiting in the order queue for five minutes.',
  },
  SpikeNoConsumer: {
    series: { 'spike_queue_consumers{service="admin",process="0",queue="orders"}': '0x200' },
    quietAt: '45s',
    firesAt: '1m15s',
    labels: { severity: 'critical' },
    summary: 'Nobody stores orders',
    description:
      'No order service has read the order queue for a minute. Buyers are told yes; their orders stay pending.',
  },
  SpikeErrorRate: {
    series: {
      'http_requests_total{service="order",process="0",method="GET",route="/order/:id",status="200"}': '0+98x200',
      'http_refusals_total{service="order",process="0",method="GET",route="/order/:id",code="STORE_UNAVAILABLE"}':
        '0+2x200',
      'http_requests_total{service="order",process="0",method="GET",route="/order/:id",status="503"}': '0+2x200',
    },
    quietAt: '2m',
    firesAt: '6m',
    labels: { service: 'order', severity: 'critical' },
    summary: 'The order service answers with errors',
    description:
      '2% of the answers of the order service of the last five minutes were errors of ours (INTERNAL, STORE_UNAVAILABLE, STOCK_REBUILDING).',
  },
  SpikeOverloaded: {
    series: { [`http_refusals_total{${purchases},code="OVERLOADED"}`]: '0+150x200' },
    quietAt: '2m',
    firesAt: '6m',
    labels: { severity: 'warning' },
    summary: 'Purchases are refused because too many come at once',
    description: '10% of the purchases of the last five minutes were answered 503 OVERLOADED.',
  },
  SpikePurchaseLatency: {
    series: {
      [`http_request_duration_seconds_bucket{${purchases},le="0.1"}`]: '0+1000x200',
      [`http_request_duration_seconds_bucket{${purchases},le="2.5"}`]: '0+1000x200',
      [`http_request_duration_seconds_bucket{${purchases},le="5"}`]: '0+1500x200',
    },
    quietAt: '5m',
    firesAt: '6m',
    labels: { severity: 'warning' },
    summary: 'Purchases are slow',
    description: 'One in a hundred purchases of the last five minutes took 4.925s or more.',
  },
  SpikeStoreAway: {
    series: { 'spike_store_up{service="order",process="0",store="redis"}': '1 0x199' },
    quietAt: '30s',
    firesAt: '1m',
    labels: { service: 'order', store: 'redis', severity: 'critical' },
    summary: 'redis is away',
    description: 'A process of the order service has not reached redis for 30 seconds.',
  },
  SpikeServiceMissing: {
    series: { 'spike_build_info{service="access",process="0",version="1"}': '1x8 stale' },
    quietAt: '3m',
    firesAt: '3m30s',
    labels: { service: 'access', severity: 'critical' },
    summary: 'Prometheus sees no access service',
    description: 'No process of the access service has told its metrics for a minute.',
  },
  SpikeProcessRestarting: {
    series: { 'process_start_time_seconds{service="order",process="0",instance="a"}': '5x3 6x3 7x3 8x190' },
    quietAt: '2m',
    firesAt: '3m',
    labels: { ...ofProcess('order'), severity: 'warning' },
    summary: 'A process of the order service does not stay up',
    description: 'Process 0 of the order service (a) started 3 times in 15 minutes.',
  },
  SpikeEventLoopLag: {
    series: { 'nodejs_eventloop_lag_p99_seconds{service="spike",process="0",instance="a"}': '0.5x200' },
    quietAt: '4m45s',
    firesAt: '5m15s',
    labels: { ...ofProcess('spike'), severity: 'warning' },
    summary: 'A process of the spike service has too much to do',
    description: 'Process 0 of the spike service (a) lets work wait for 500ms: its core is busy or not its own.',
  },
  SpikeMysqlPoolExhausted: {
    series: { 'spike_mysql_waiting{service="order",process="0",instance="a"}': '0 4x199' },
    quietAt: '2m15s',
    firesAt: '4m',
    labels: { ...ofProcess('order'), severity: 'warning' },
    summary: 'The order service has too few MySQL connections',
    description: 'For minutes 4 questions or more of process 0 (a) have been waiting for one of its MySQL connections.',
  },
  SpikeMemoryHigh: {
    series: { 'process_resident_memory_bytes{service="spike",process="0",instance="a"}': '450000000x200' },
    quietAt: '9m45s',
    firesAt: '10m15s',
    labels: { ...ofProcess('spike'), severity: 'warning' },
    summary: 'A process of the spike service takes much memory',
    description: 'Process 0 of the spike service (a) has 450MB of memory.',
  },
};

describe('the rules', () => {
  test('are rules to Prometheus, and both configurations are configurations to it', async () => {
    expect(await promtool('check', 'rules', path.join(folder, 'rules.yaml'))).toMatchObject({ code: 0 });
    expect(await promtool('check', 'config', path.join(folder, 'prometheus.local.yml'))).toMatchObject({ code: 0 });
    // Debian builds its Prometheus without the discovery of Kubernetes; the rest of the file it can judge.
    const cluster = await readFile(path.join(folder, 'prometheus.yml'), 'utf8');
    const known = cluster.replace(
      / {4}kubernetes_sd_configs:\n(?: {6}.*\n)+/,
      '    static_configs: [{ targets: [a] }]\n',
    );
    expect(known).not.toBe(cluster);
    await writeFile(path.join(folder, 'known.yml'), known);
    expect(await promtool('check', 'config', path.join(folder, 'known.yml'))).toMatchObject({ code: 0 });
  });

  test('keep silent while all is well', async () => {
    await expectAlerts([
      {
        name: 'at rest',
        series: atRest,
        expected: alerts.flatMap(({ alert }) =>
          ['30s', '5m', '15m', '45m'].map((at) => ({ at, alert, instances: [] })),
        ),
      },
    ]);
  });

  test('fire each when it should, and not a moment before, with the figures in words', async () => {
    expect(Object.keys(fires).sort()).toEqual(alerts.map(({ alert }) => alert).sort());
    await expectAlerts(
      Object.entries(fires).map(([alert, { series, quietAt, firesAt, labels, summary, description }]) => ({
        name: alert,
        series: { ...atRest, ...series },
        expected: [
          { at: quietAt, alert, instances: [] },
          {
            at: firesAt,
            alert,
            instances: [{ labels, annotations: { summary, description, runbook_url: `${RUNBOOKS}/${alert}.md` } }],
          },
        ],
      })),
    );
  });

  test('are critical or warnings, and say in their text how much', () => {
    for (const { alert, labels, annotations } of alerts) {
      expect({ alert, severity: labels?.severity }).toEqual({
        alert,
        severity: expect.stringMatching(/^(critical|warning)$/),
      });
      expect({ alert, named: Object.keys(annotations ?? {}) }).toEqual({
        alert,
        named: ['summary', 'description', 'runbook_url'],
      });
    }
  });
});

test('the local configuration names the ports that the services have unless they are told others', async () => {
  const local = parse(await readFile(path.join(folder, 'prometheus.local.yml'), 'utf8')) as {
    scrape_configs: [{ static_configs: { targets: string[]; labels: { service: string } }[] }];
  };
  expect(local.scrape_configs[0].static_configs).toEqual(
    (['user', 'spike', 'access', 'order', 'admin'] as const).map((service) => ({
      targets: [`127.0.0.1:${settings[`${service}Port`].default}`],
      labels: { service },
    })),
  );
});

interface AlertTest {
  name: string;
  series: Series;
  expected: {
    at: string;
    alert: string;
    instances: { labels: Readonly<Record<string, string>>; annotations: Readonly<Record<string, string>> }[];
  }[];
}

/** Has the real promtool play the series to the rules. Its files are YAML, of which JSON is a part. */
async function expectAlerts(tests: readonly AlertTest[]): Promise<void> {
  const file = path.join(folder, 'tests.json');
  await writeFile(
    file,
    JSON.stringify({
      rule_files: ['rules.yaml'],
      evaluation_interval: '15s',
      tests: tests.map(({ name, series, expected }) => ({
        name,
        interval: '15s',
        input_series: Object.entries(series).map(([of, values]) => ({ series: of, values })),
        alert_rule_test: expected.map(({ at, alert, instances }) => ({
          eval_time: at,
          alertname: alert,
          exp_alerts: instances.map(({ labels, annotations }) => ({
            exp_labels: labels,
            exp_annotations: annotations,
          })),
        })),
      })),
    }),
  );
  const { code, output } = await promtool('test', 'rules', file);
  if (code !== 0) throw new Error(output);
}
