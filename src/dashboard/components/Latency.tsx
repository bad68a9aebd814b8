import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { View } from '../state/view.js';
import { countText, latencyText } from '../text.js';
import { Line, type Cell } from './Line.js';
import { sparkText } from '../sparkText.js';

/** Past this a shopper notices; past the other they click again. */
const SLOW_MS = 250;
const VERY_SLOW_MS = 1_000;
const DETAIL_COLUMNS_MIN = 50;

/** How long answers to purchases took in the last ten seconds, refusals included. */
export function Latency({ view, columns }: { view: View; columns: number }): ReactElement {
  const latency = view.feed.frame?.purchaseLatencyMs ?? null;
  const label: Cell = { text: ' latency', columns: 8 };
  if (view.feed.frame?.processes === null)
    return <Line cells={[label, { text: 'unknown: Redis does not answer', color: 'yellow' }]} />;
  if (latency === null) return <Line cells={[label, { text: 'no purchases lately', isDim: true }]} />;
  const { p50, p99, count } = latency;
  const text = `p50 ${latencyText(p50)}  p99 ${latencyText(p99)}`;
  const detail = columns < DETAIL_COLUMNS_MIN ? '' : `of ${countText(count)}`;
  const sparkColumns = Math.max(0, columns - text.length - detail.length - 12);
  return (
    <Box width={columns}>
      <Line
        cells={[
          label,
          { text, isBold: true, color: p99 >= VERY_SLOW_MS ? 'red' : p99 >= SLOW_MS ? 'yellow' : undefined },
          { text: detail, isDim: true },
          { text: sparkText(view.history.latencyP99Ms, sparkColumns), color: 'cyan' },
        ]}
      />
    </Box>
  );
}
