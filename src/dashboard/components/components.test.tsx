import { describe, expect, test } from '@jest/globals';
import { renderToString } from 'ink';
import type { ReactElement } from 'react';
import stringWidth from 'string-width';
import type { LiveFrame } from '../../domain/wire/live.js';
import { sampleEvent, sampleFrame, sampleProcess, sampleView } from '../state/sampleView.js';
import { Alerts } from './Alerts.js';
import { Chart } from './Chart.js';
import { DialogBox } from './DialogBox.js';
import { EventDetail } from './EventDetail.js';
import { EventsTable } from './EventsTable.js';
import { Footer } from './Footer.js';
import { Funnel } from './Funnel.js';
import { Header } from './Header.js';
import { Help } from './Help.js';
import { Latency } from './Latency.js';
import { Processes } from './Processes.js';
import { Queues } from './Queues.js';
import { Screen } from './Screen.js';
import { sparkText } from '../sparkText.js';
import { StaffLog } from './StaffLog.js';
import { shareCells, StockBar } from './StockBar.js';
import { Stores } from './Stores.js';

const COLUMNS = 80;

/** What is drawn, line by line; colours are looked at by nobody here. */
function draw(element: ReactElement, columns = COLUMNS): string[] {
  return renderToString(element, { columns }).split('\n');
}

const text = (element: ReactElement, columns = COLUMNS) => draw(element, columns).join('\n');
const without = (changes: Partial<LiveFrame>) => sampleView({}, sampleFrame(changes));

describe('the stock bar', () => {
  test('shares its cells in proportion, none too many and none too few', () => {
    expect(shareCells([1_200, 10, 3_790], 20)).toEqual([5, 1, 14]);
    expect(shareCells([0, 0, 100], 10)).toEqual([0, 0, 10]);
    expect(shareCells([100, 0, 0], 10)).toEqual([10, 0, 0]);
    expect(shareCells([0, 0, 0], 10)).toEqual([0, 0, 10]);
    for (let sold = 0; sold <= 997; sold += 83)
      for (const pending of [0, 1, 2])
        expect(shareCells([sold, pending, 999 - sold - pending], 17).reduce((sum, cells) => sum + cells, 0)).toBe(17);
  });

  test('shows the last unit of thousands', () => {
    expect(shareCells([4_999, 0, 1], 20)).toEqual([19, 0, 1]);
    expect(shareCells([1, 4_998, 1], 20)).toEqual([1, 18, 1]);
  });

  test('of what is not known is empty', () => {
    expect(text(<StockBar event={sampleEvent({ available: null })} columns={10} />)).toMatch(/^\?\s*$/);
  });
});

describe('bars of the last seconds', () => {
  test('have the newest on the right and the highest at full height; what is not known is a gap', () => {
    expect(sparkText([0, 1, 50, null, 100], 8)).toBe('   ▁▂▅ █');
    expect(sparkText([1, 2, 3, 4], 2)).toBe('▆█');
    expect(sparkText([], 3)).toBe('   ');
  });

  test('as a chart have the greatest value beside them', () => {
    const samples = [{ whole: 0 }, { part: 2, whole: 4 }, { part: 0, whole: 8 }, { whole: null }];
    expect(draw(<Chart samples={samples} columns={14} rows={2} label={String} colors={['green', 'cyan']} />)).toEqual([
      '      8    █',
      '      0   ██',
    ]);
  });
});

describe('the header', () => {
  const head = (changes: Parameters<typeof sampleView>[0]) =>
    text(<Header view={sampleView(changes)} columns={COLUMNS} />);

  test('says where, who, and that it is live', () => {
    expect(head({})).toMatch(/staging https:\/\/shop\.example {2}olga \(operator\) .*● live {2}10:00:00Z/);
    expect(head({ isReadonly: true })).toContain('olga (read only)');
  });

  test('never calls old data live', () => {
    expect(head({ nowMs: 13_000 })).toContain('○ OLD DATA: 0:12');
    expect(head({ feed: { ...sampleView().feed, away: { reason: 'gone', sinceMs: 1_200 } } })).not.toContain('live');
  });
});

describe('alerts', () => {
  const show = (view: ReturnType<typeof sampleView>, rows = 4) =>
    draw(<Alerts view={view} columns={COLUMNS} rows={rows} />);

  test('each says what to type; without any it says so', () => {
    expect(show(sampleView())[0]).toMatch(/! 2 dead letters to look at\. .*→ spikectl queue peek/);
    expect(show(without({ alerts: [] }))[0]).toContain('No alerts');
  });

  test('what does not fit is counted', () => {
    const alerts = Array.from({ length: 6 }, () => sampleFrame().alerts[0]!);
    const lines = show(without({ alerts }), 2);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('… and 5 more');
  });

  test('that nothing new comes stands before everything else, with the age of what is seen', () => {
    const away = { reason: 'https://shop.example is not reachable', sinceMs: 1_000 };
    const [first] = show(sampleView({ nowMs: 8_000, feed: { ...sampleView().feed, away } }));
    expect(first).toContain('✗ All of this is 0:07 old, of 10:00:00Z; trying again: https://');
  });
});

describe('the events', () => {
  test('stand in a line each with state, countdown, bar and numbers', () => {
    const lines = draw(<EventsTable view={sampleView()} columns={COLUMNS} rows={6} />);
    expect(lines[1]).toMatch(/^› +3 Lamp of the year +open +2h00m +█+▓·+ +3790\/5000 +10 +1200 +120$/);
    expect(lines[2]).toMatch(/^ +4 Early access +scheduled in 20:00 ·+ +100\/100 +0 +0/);
  });

  test('what a store that is away would say is a question mark, never 0', () => {
    const unknown = { available: null, pending: null, sold: null, rates: null, outcomes: null };
    const lines = draw(<EventsTable view={without({ events: [sampleEvent(unknown)] })} columns={COLUMNS} rows={6} />);
    expect(lines[1]).toMatch(/\?\/5000 +\? +\? +\?$/);
  });

  test('the chosen one is always among those that fit', () => {
    const events = Array.from({ length: 20 }, (_, index) => sampleEvent({ id: String(index + 1) }));
    const ui = { ...sampleView().ui, selectedId: '15' };
    const lines = draw(<EventsTable view={sampleView({ ui }, sampleFrame({ events }))} columns={COLUMNS} rows={5} />);
    expect(lines).toHaveLength(5);
    expect(lines.find((line) => line.startsWith('›'))).toMatch(/^› +15 /);
  });

  test('without any it says how to make one', () => {
    expect(text(<EventsTable view={without({ events: [] })} columns={COLUMNS} rows={5} />)).toContain('event create');
    expect(text(<EventsTable view={without({ events: null })} columns={COLUMNS} rows={5} />)).toContain('MySQL');
  });

  test('a title with control characters is drawn without them', () => {
    const events = [sampleEvent({ title: '\u001B[2Jevil\u0007' })];
    expect(text(<EventsTable view={without({ events })} columns={COLUMNS} rows={5} />)).not.toContain('\u001B');
  });
});

describe('the funnel', () => {
  test('has counts, shares and rates of every outcome, and their sum', () => {
    const lines = draw(<Funnel event={sampleEvent()} samples={[]} columns={60} />);
    expect(lines).toHaveLength(9);
    expect(lines[0]).toMatch(/^ accepted +1200 +73\.3 % +120\/s/);
    expect(lines[4]).toMatch(/^ limited +77 +4\.7 % +7\.3\/s/);
    expect(lines[8]).toMatch(/^ all +1637 +100 % +163\/s/);
  });

  test('says when nobody knows', () => {
    expect(text(<Funnel event={sampleEvent({ outcomes: null })} samples={[]} columns={60} />)).toContain('Redis');
  });
});

describe('the system', () => {
  test('latency', () => {
    expect(text(<Latency view={sampleView()} columns={60} />)).toMatch(/p50 4\.5 ms {2}p99 86 ms of 5102/);
    expect(text(<Latency view={without({ purchaseLatencyMs: null })} columns={60} />)).toContain('no purchases lately');
  });

  test('what nobody knows is said to be unknown, not nothing', () => {
    expect(text(<Latency view={without({ processes: null, purchaseLatencyMs: null })} columns={60} />)).toContain(
      'unknown',
    );
    const queues = [{ ...sampleFrame().queues![0]!, unacked: null, oldestAgeMs: null }];
    expect(text(<Queues view={without({ queues })} columns={60} />)).toContain('? unacked');
  });

  test('queues with the age of what is in hand', () => {
    const lines = draw(<Queues view={sampleView()} columns={60} />);
    expect(lines[0]).toMatch(/orders +12 ready 256 unacked, oldest 140 ms 1 cons\./);
    expect(lines[1]).toMatch(/dead +2 letters/);
    expect(text(<Queues view={without({ queues: null })} columns={60} />)).toContain('RabbitMQ does not answer');
  });

  test('stores, in one line or with their versions', () => {
    const away = { name: 'redis', status: 'away', latencyMs: null, version: null } as const;
    const stores = [sampleFrame().stores[0]!, away];
    expect(draw(<Stores view={without({ stores })} columns={40} isTall={false} />)[0]).toContain(
      '●mysql 2ms ✗redis away',
    );
    expect(draw(<Stores view={without({ stores })} columns={60} isTall />)[0]).toMatch(/mysql +1\.6 ms 10\.11/);
  });

  test('processes in a line each, those of a service together where there is no room', () => {
    const tall = draw(<Processes view={sampleView()} columns={60} rows={10} />);
    expect(tall[0]).toContain('RESTARTS');
    expect(tall[2]).toMatch(/^ spike 1 +42 % +138 MB +3\.4 ms +1 +2h00m/);
    const short = draw(<Processes view={sampleView()} columns={40} rows={5} />);
    expect(short).toHaveLength(5);
    expect(short[0]).toMatch(/^ spike ×2 +139 % +276 MB/);
    expect(text(<Processes view={without({ processes: null })} columns={60} rows={5} />)).toContain('Redis');
    const many = Array.from({ length: 40 }, (_, pid) => sampleProcess('spike', { pid, instance: String(pid) }));
    expect(draw(<Processes view={without({ processes: many })} columns={60} rows={8} />).length).toBeLessThanOrEqual(8);
  });

  test('what staff did', () => {
    const lines = draw(<StaffLog actions={sampleFrame().log} columns={COLUMNS} rows={5} />);
    expect(lines[0]).toContain('09:59:00 olga event.restock 3 quantity 4000 → 5000');
    expect(lines[1]).toContain('ann user.block 77');
    expect(text(<StaffLog actions={null} columns={COLUMNS} rows={5} />)).toContain('MySQL');
  });
});

describe('a dialog', () => {
  const operation = { kind: 'pause', eventId: '3', title: 'Lamp' } as const;

  test('shows the command that does the same, for this deployment', () => {
    const drawn = text(
      <DialogBox
        dialog={{ step: 'confirm', operation }}
        event={sampleEvent()}
        columns={COLUMNS}
        commandSuffix=" --context staging"
      />,
    );
    expect(drawn).toContain('spikectl event pause 3 --context staging');
    expect(drawn).toContain('y do it');
  });

  test('says what came of it', () => {
    const done = { step: 'done', operation, ok: false, text: 'Event 3 is closed.' } as const;
    expect(text(<DialogBox dialog={done} event={undefined} columns={COLUMNS} commandSuffix="" />)).toContain(
      '✗ Event 3 is closed.',
    );
  });
});

test('the footer shows the keys, or what is said about the last one', () => {
  const line = text(<Footer view={sampleView()} columns={COLUMNS} />);
  for (const key of ['p pause', 'r resume', 's restock', 'l limit', 'd dead', '? help', 'q quit'])
    expect(line).toContain(key);
  const ui = { ...sampleView().ui, notice: 'You are a viewer.' };
  expect(text(<Footer view={sampleView({ ui })} columns={COLUMNS} />)).toContain('You are a viewer.');
});

test('the help explains every key of the footer', () => {
  const help = text(<Help columns={COLUMNS} />);
  for (const word of ['pause', 'restock', 'limit', 'dead letters', 'leave', 'Esc']) expect(help).toContain(word);
});

test('the detail of an event has its limits, rule, window and answers', () => {
  const drawn = text(<EventDetail view={sampleView()} event={sampleEvent()} columns={COLUMNS} rows={40} />);
  for (const fact of [
    '3790 of 5000 left',
    '10/s per user',
    'base',
    '2026-05-01 12:00:00Z',
    'alreadyOrdered',
    'event.restock',
  ])
    expect(drawn).toContain(fact);
  expect(drawn).not.toContain('user.block');
});

describe('the whole screen', () => {
  const screens = {
    overview: sampleView(),
    'one event': sampleView({ ui: { ...sampleView().ui, screen: 'detail' } }),
    help: sampleView({ ui: { ...sampleView().ui, isHelpOpen: true } }),
    dialog: sampleView({ ui: { ...sampleView().ui, dialog: { step: 'chooseLimit', index: 0 } } }),
    nothing: sampleView({ feed: { frame: undefined, receivedAtMs: 0, away: undefined } }, undefined),
    'nothing but nulls': without({
      events: null,
      queues: null,
      consumers: null,
      processes: null,
      log: null,
      purchaseLatencyMs: null,
      eventsTotal: null,
    }),
  };
  const sizes = [
    [60, 18],
    [80, 23],
    [119, 30],
    [120, 30],
    [160, 49],
    [250, 80],
  ] as const;

  test.each(Object.entries(screens).flatMap(([name, view]) => sizes.map((size) => [name, ...size, view] as const)))(
    '%s at %i×%i keeps within the terminal, header above and keys below',
    (_name, columns, rows, view) => {
      const lines = draw(<Screen view={view} columns={columns} rows={rows} />, columns);
      expect(lines).toHaveLength(rows);
      expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(columns);
      expect(lines[0]).toContain('spikectl');
      expect(lines.at(-1)).toMatch(columns < 80 ? /p pause/ : /p pause.*q quit/);
    },
  );

  test.each([
    [80, 23],
    [160, 49],
  ])('at %i×%i nothing that an operator needs is missing', (columns, rows) => {
    const drawn = text(<Screen view={sampleView()} columns={columns} rows={rows} />, columns);
    const wanted = [
      'Lamp of',
      '3790/5000',
      'accepted',
      'latency',
      '12 ready',
      '2 letters',
      'mysql',
      'spike',
      'user',
      'restock',
      '2 dead letters',
    ];
    for (const word of wanted) expect(drawn).toContain(word);
    expect(drawn).not.toMatch(/undefined|NaN|\[object/);
  });

  test('a terminal that is too small is told how large it has to be', () => {
    expect(text(<Screen view={sampleView()} columns={59} rows={17} />, 59)).toContain('60×18');
  });
});
