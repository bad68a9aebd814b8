import type { LiveFrame } from '../../../../src/domain/wire/live.js';
import { ProcessesPanel } from './ProcessesPanel.js';
import { QueuesPanel } from './QueuesPanel.js';

/** What all events share, row by row. */
export function SystemPanels({ frame }: { frame: LiveFrame | undefined }) {
  if (frame === undefined) return null;
  return (
    <>
      <QueuesPanel queues={frame.queues} />
      <ProcessesPanel processes={frame.processes} />
    </>
  );
}
