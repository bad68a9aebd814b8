import { useDesk } from '../../desk/useDesk.js';
import { LatencyPanel } from './LatencyPanel.js';
import { ProcessesPanel } from './ProcessesPanel.js';
import { QueuesPanel } from './QueuesPanel.js';
import { StoresPanel } from './StoresPanel.js';

/** What all events share. */
export function SystemPanels() {
  const frame = useDesk().live.frame.value;
  if (frame === undefined) return null;
  return (
    <>
      <LatencyPanel latency={frame.purchaseLatencyMs} />
      <QueuesPanel queues={frame.queues} />
      <StoresPanel stores={frame.stores} />
      <ProcessesPanel processes={frame.processes} />
    </>
  );
}
