import { Page } from '../../components/Page.js';
import { limitTexts } from '../../text/limits.js';
import { LimitsPanel } from './LimitsPanel.js';

export function LimitsPage() {
  return (
    <Page title={limitTexts.title}>
      <LimitsPanel />
    </Page>
  );
}
