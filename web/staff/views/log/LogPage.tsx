import { useState } from 'preact/hooks';
import type { AuditLogEntry } from '../../../../src/client/answers.js';
import { Button } from '../../components/Button.js';
import { DataTable } from '../../components/DataTable.js';
import { Moment } from '../../components/Moment.js';
import { Page } from '../../components/Page.js';
import { SelectField } from '../../components/SelectField.js';
import { TextField } from '../../components/TextField.js';
import { useDesk } from '../../desk/useDesk.js';
import { usePages } from '../../desk/usePages.js';
import { place, replaceQuery } from '../../place/place.js';
import { common } from '../../text/common.js';
import { logTexts as texts } from '../../text/log.js';
import { LogChange } from './LogChange.js';

const names = ['actor', 'action', 'targetType', 'targetId'] as const;
type Filter = Record<(typeof names)[number], string>;

/** Every change by staff, the newest first, as the address filters them. */
export function LogPage() {
  const { api } = useDesk();
  const { query } = place.value;
  const filter = Object.fromEntries(names.map((name) => [name, query.get(name) ?? ''])) as Filter;
  const entries = usePages<AuditLogEntry>(
    async (cursor) => {
      const { entries, next } = await api.listAuditLog({ ...filter, limit: 50, cursor });
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
          { name: 'action', heading: texts.action, cell: ({ action }) => <code>{action}</code> },
          {
            name: 'target',
            heading: texts.target,
            cell: ({ targetType, targetId }) => `${kindText(targetType)} ${targetId}`,
          },
          { name: 'detail', heading: texts.detail, cell: (entry) => <LogChange entry={entry} /> },
        ]}
      />
    </Page>
  );
}

function LogFilters({ filter }: { filter: Filter }) {
  const [typed, setTyped] = useState(filter);
  const input = (name: keyof Filter) => ({
    value: typed[name],
    lengthMax: 64,
    onInput: (value: string) => setTyped({ ...typed, [name]: value.trim() }),
  });
  const kinds = Object.entries(texts.kinds).map(([value, text]) => ({ value, text }));
  return (
    <form
      class="filters"
      role="search"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        replaceQuery(typed);
      }}
    >
      <TextField label={texts.actor} {...input('actor')} />
      <TextField label={texts.action} hint={texts.actionHint} {...input('action')} />
      <SelectField
        label={texts.targetType}
        value={typed.targetType}
        options={[{ value: '', text: texts.any }, ...kinds]}
        onSelect={(targetType) => setTyped({ ...typed, targetType })}
      />
      <TextField label={texts.targetId} {...input('targetId')} />
      <Button type="submit">{common.search}</Button>
      <Button kind="quiet" onPress={() => replaceQuery({})}>
        {common.reset}
      </Button>
    </form>
  );
}

function kindText(kind: string): string {
  return (texts.kinds as Readonly<Record<string, string>>)[kind] ?? kind;
}
