import type { LiveEventView } from '../../../../src/domain/wire/live.js';
import { useDesk } from '../../desk/useDesk.js';
import { EventPlots } from './EventPlots.js';
import { FunnelPanel } from './FunnelPanel.js';
import { StockPanel } from './StockPanel.js';
import { SystemPanels } from './SystemPanels.js';
import { SystemSummary } from './SystemSummary.js';

/** One event and what it runs on, second by second. */
export function LiveTab({ event }: { event: LiveEventView }) {
  const frame = useDesk().live.frame.value;
  return (
    <div class="panels">
      <StockPanel event={event} />
      <EventPlots eventId={event.id} />
      <FunnelPanel event={event} />
      <div class="stack">
        <SystemSummary frame={frame} />
      </div>
      <SystemPanels frame={frame} />
    </div>
  );
}
