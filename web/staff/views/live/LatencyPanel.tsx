import type { PurchaseLatencyView } from '../../../../src/domain/wire/live.js';
import { Facts } from '../../components/Facts.js';
import { Panel } from '../../components/Panel.js';
import { latency as text, number } from '../../text/format.js';
import { liveTexts } from '../../text/live.js';

export function LatencyPanel({ latency }: { latency: PurchaseLatencyView | null }) {
  return (
    <Panel title={liveTexts.latency} note={liveTexts.latencyNote}>
      <Facts
        facts={[
          ['p50', text(latency?.p50)],
          ['p99', text(latency?.p99)],
          [liveTexts.count, number(latency?.count)],
        ]}
      />
    </Panel>
  );
}
