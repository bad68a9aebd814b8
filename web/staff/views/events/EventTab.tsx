import type { LiveEventView } from '../../../../src/domain/wire/live.js';
import { LimitsPanel } from '../limits/LimitsPanel.js';
import { LiveTab } from '../live/LiveTab.js';
import { AllowListPanel } from '../rules/AllowListPanel.js';
import { RulePanel } from '../rules/RulePanel.js';
import { TruthPanels } from '../truth/TruthPanels.js';
import { DetailsPanel } from './DetailsPanel.js';

export const tabs = ['live', 'details', 'rule', 'allow', 'limits', 'truth'] as const;

export type TabName = (typeof tabs)[number];

interface EventTabProps {
  tab: TabName;
  event: LiveEventView;
  onChanged: () => void;
}

/** One part of an event. */
export function EventTab({ tab, event, onChanged }: EventTabProps) {
  switch (tab) {
    case 'live':
      return <LiveTab event={event} />;
    case 'details':
      return <DetailsPanel event={event} />;
    case 'rule':
      return <RulePanel event={event} onChanged={onChanged} />;
    case 'allow':
      return <AllowListPanel event={event} />;
    case 'limits':
      return <LimitsPanel eventId={event.id} />;
    case 'truth':
      return <TruthPanels eventId={event.id} />;
  }
}
