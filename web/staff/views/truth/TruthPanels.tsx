import { useState } from 'preact/hooks';
import { AuditPanel } from './AuditPanel.js';
import { ReconcilePanel } from './ReconcilePanel.js';

/** Whether the stores agree about one event, and what can be done when they don't. */
export function TruthPanels({ eventId }: { eventId: string }) {
  const [audits, setAudits] = useState(0);
  return (
    <div class="panels">
      <AuditPanel key={audits} eventId={eventId} />
      <ReconcilePanel eventId={eventId} onReconciled={() => setAudits(audits + 1)} />
    </div>
  );
}
