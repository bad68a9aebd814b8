import type { AuditLogEntry } from '../../../../src/client/answers.js';
import { DataTable } from '../../components/DataTable.js';
import { Moment } from '../../components/Moment.js';
import { Page } from '../../components/Page.js';
import { useDesk } from '../../desk/useDesk.js';
import { usePages } from '../../desk/usePages.js';
import { place } from '../../place/place.js';
import { fromTimeInput } from '../../text/inputs.js';
import { kindOf, logTexts as texts } from '../../text/log.js';
import { LogChange } from './LogChange.js';
import { filterNames, LogFilters, type Filter } from './LogFilters.js';

/** Every change by staff, the newest first, as the address filters them. */
export function LogPage() {
  const { api } = useDesk();
  const { query } = place.value;
  const filter = Object.fromEntries(filterNames.map((name) => [name, query.get(name) ?? ''])) as Filter;
  const entries = usePages<AuditLogEntry>(
    async (cursor) => {
      const since = fromTimeInput(filter.since);
      const { entries, next } = await api.listAuditLog({ ...filter, since, limit: 50, cursor });
      return { rows: entries, next };
    },
    [query.toString()],
  );
  return (
    <Page title={texts.title}>
      <p class="note">{texts.note}</p>
      <LogFilters key={query.toString()} filter={filter} />
      <DataTable
        caption={texts.title}
        rows={entries.rows}
        keyOf={({ id }) => id}
        empty={texts.empty}
        isKnown={entries.isKnown}
        failure={entries.failure}
        onRetry={entries.reload}
        more={entries.more}
        columns={[
          { name: 'at', heading: texts.at, cell: ({ at }) => <Moment at={at} /> },
          { name: 'actor', heading: texts.actor, cell: ({ actor }) => actor },
          { name: 'action', heading: texts.action, cell: ({ action }) => <code>{action}</code>, isWord: true },
          {
            name: 'target',
            heading: texts.target,
            cell: ({ targetType, targetId }) => `${kindOf(targetType)} ${targetId}`,
          },
          { name: 'detail', heading: texts.detail, cell: (entry) => <LogChange entry={entry} /> },
        ]}
      />
    </Page>
  );
}
