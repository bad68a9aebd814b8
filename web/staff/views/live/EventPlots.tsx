import { Panel } from '../../components/Panel.js';
import { Plot } from '../../components/Plot.js';
import { useDesk } from '../../desk/useDesk.js';
import type { EventSample, SystemSample } from '../../live/history.js';
import { latency, number, rate } from '../../text/format.js';
import { liveTexts } from '../../text/live.js';

/** How stock, answers, latency and queue have moved since the page was opened. */
export function EventPlots({ eventId }: { eventId: string }) {
  const { live } = useDesk();
  const { events, system } = live.history.value;
  const samples = events.get(eventId) ?? [];
  return (
    <Panel title={liveTexts.plots} isWide>
      <div class="plots">
        <Plot
          title={liveTexts.plotStock}
          format={number}
          lines={(['available', 'pending', 'sold'] as const).map((part) => ({
            name: liveTexts.units[part],
            look: part,
            points: line(samples, (sample) => sample[part]),
          }))}
        />
        <Plot
          title={liveTexts.plotRates}
          format={rate}
          lines={[
            { name: liveTexts.outcomes.accepted, look: 'good', points: line(samples, accepted) },
            { name: liveTexts.refused, look: 'second', points: line(samples, refused) },
          ]}
        />
        <SystemPlots samples={system} />
      </div>
    </Panel>
  );
}

function SystemPlots({ samples }: { samples: readonly SystemSample[] }) {
  return (
    <>
      <Plot
        title={liveTexts.plotLatency}
        format={latency}
        empty={liveTexts.plotNoPurchase}
        lines={[
          { name: 'p50', look: 'good', points: line(samples, ({ latencyP50Ms }) => latencyP50Ms) },
          { name: 'p99', look: 'second', points: line(samples, ({ latencyP99Ms }) => latencyP99Ms) },
        ]}
      />
      <Plot
        title={liveTexts.plotQueue}
        format={number}
        lines={[{ name: liveTexts.queueNames.orders, look: 'good', points: line(samples, ({ queued }) => queued) }]}
      />
    </>
  );
}

function line<Sample extends { atMs: number }>(samples: readonly Sample[], valueOf: (sample: Sample) => number | null) {
  return samples.map((sample) => ({ atMs: sample.atMs, value: valueOf(sample) }));
}

function accepted({ rates }: EventSample): number | null {
  return rates === null ? null : rates.accepted + rates.pending;
}

function refused({ rates }: EventSample): number | null {
  if (rates === null) return null;
  const { accepted: _yes, pending: _onTheWay, ...others } = rates;
  return Object.values<number>(others).reduce((sum, value) => sum + value, 0);
}
