import type { ReactElement } from 'react';
import { sumOf } from '../../cli/events/funnelText.js';
import { selectedEvent, type View } from '../state/view.js';
import { countText, latencyText, rateText } from '../text.js';
import { Chart } from './Chart.js';
import { Section } from './Section.js';

interface ChartProps {
  view: View;
  columns: number;
  /** 0: there is no room for it. */
  rows: number;
}

/** Answers a second to purchases of the chosen event: those told yes below, all of them above. */
export function RateChart({ view, columns, rows }: ChartProps): ReactElement | null {
  const event = selectedEvent(view);
  if (rows === 0 || event === undefined) return null;
  const samples = (view.history.rates.get(event.id) ?? []).map((sample) => ({
    part: sample.accepted + sample.pending,
    whole: sumOf(sample),
  }));
  return (
    <Section title={`Answers a second: event ${event.id} (green: told yes)`} columns={columns}>
      <Chart samples={samples} columns={columns} rows={rows} label={rateText} colors={['green', 'cyan']} />
    </Section>
  );
}

/** What an overload shows first: answers that take longer, and orders that wait. */
export function SystemCharts({ view, columns, rows }: ChartProps): ReactElement | null {
  if (rows === 0) return null;
  const { latencyP99Ms, queued } = view.history;
  const wholes = (samples: readonly (number | null)[]) => samples.map((whole) => ({ whole }));
  return (
    <>
      <Section title="Latency of purchases, p99 of ten seconds" columns={columns}>
        <Chart
          samples={wholes(latencyP99Ms)}
          columns={columns}
          rows={rows}
          label={latencyText}
          colors={['cyan', 'cyan']}
        />
      </Section>
      <Section title="Orders on their way to MySQL" columns={columns}>
        <Chart samples={wholes(queued)} columns={columns} rows={rows} label={countText} colors={['cyan', 'yellow']} />
      </Section>
    </>
  );
}
