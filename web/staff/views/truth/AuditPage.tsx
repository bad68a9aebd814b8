import { Page } from '../../components/Page.js';
import { truthTexts } from '../../text/truth.js';
import { AuditPanel } from './AuditPanel.js';

export function AuditPage() {
  return (
    <Page title={truthTexts.title}>
      <AuditPanel />
    </Page>
  );
}
