import type { StaffActionView } from '../../../../src/domain/wire/live.js';
import { DataTable } from '../../components/DataTable.js';
import { Moment } from '../../components/Moment.js';
import { Page } from '../../components/Page.js';
import { Panel } from '../../components/Panel.js';
import { useDesk } from '../../desk/useDesk.js';
import { none } from '../../text/format.js';
import { liveTexts } from '../../text/live.js';
import { kindOf, logTexts } from '../../text/log.js';
import { SystemPanels } from './SystemPanels.js';
import { SystemSummary } from './SystemSummary.js';

/** The whole system at this moment. */
export function SystemPage() {
  const { live } = useDesk();
  const frame = live.frame.value;
  const log = frame?.log;
  return (
    <Page title={liveTexts.title}>
      <div class="panels">
        <SystemSummary frame={frame} />
        <SystemPanels frame={frame} />
        <Panel title={liveTexts.log} isWide>
          <DataTable<StaffActionView>
            caption={liveTexts.log}
            rows={log ?? []}
            keyOf={({ id }) => id}
            empty={log === null ? liveTexts.unseen : undefined}
            columns={[
              { name: 'at', heading: logTexts.at, cell: ({ at }) => <Moment at={at} /> },
              { name: 'actor', heading: logTexts.actor, cell: ({ actor }) => actor },
              { name: 'action', heading: logTexts.action, cell: ({ action }) => <code>{action}</code>, isWord: true },
              {
                name: 'target',
                heading: logTexts.target,
                cell: ({ targetType, targetId }) => `${kindOf(targetType)} ${targetId}`,
              },
              { name: 'detail', heading: logTexts.detail, cell: ({ detail }) => detail ?? none },
            ]}
          />
        </Panel>
      </div>
    </Page>
  );
}
