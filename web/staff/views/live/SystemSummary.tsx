import type { LiveFrame } from '../../../../src/domain/wire/live.js';
import { LatencyPanel } from './LatencyPanel.js';
import { StoresPanel } from './StoresPanel.js';

/** What all events share, in a few figures. */
export function SystemSummary({ frame }: { frame: LiveFrame | undefined }) {
  if (frame === undefined) return null;
  return (
    <>
      <LatencyPanel latency={frame.purchaseLatencyMs} />
      <StoresPanel stores={frame.stores} />
    </>
  );
}
