import type { LiveEventView } from '../../../../src/domain/wire/live.js';
import type { AllowedUserView } from '../../../../src/domain/wire/rules.js';
import { DataTable } from '../../components/DataTable.js';
import { Moment } from '../../components/Moment.js';
import { Panel } from '../../components/Panel.js';
import { useDesk } from '../../desk/useDesk.js';
import { useLoad } from '../../desk/useLoad.js';
import { usePages } from '../../desk/usePages.js';
import { href } from '../../place/place.js';
import { allowTexts as texts } from '../../text/allowList.js';
import { none, number } from '../../text/format.js';
import { AllowListForm } from './AllowListForm.js';

/** Who is on the allow list of an event. */
export function AllowListPanel({ event }: { event: LiveEventView }) {
  const { api, may } = useDesk();
  const summary = useLoad(() => api.listAllowed(event.id, { limit: 1 }), [event.id]);
  const list = usePages<AllowedUserView>(
    async (cursor) => {
      const { users, next } = await api.listAllowed(event.id, { limit: 50, cursor });
      return { rows: users, next };
    },
    [event.id],
  );
  const reload = (): void => {
    summary.reload();
    list.reload();
  };
  const inRule = event.rule.some(({ name }) => name === 'allowlist');
  return (
    <div class="panels">
      <Panel
        title={texts.title}
        note={`${inRule ? texts.inRule : texts.notInRule} ${summary.data === undefined ? '' : texts.total(number(summary.data.total))}`}
      >
        <DataTable
          caption={texts.title}
          rows={list.rows}
          keyOf={({ userId }) => userId}
          empty={texts.empty}
          isKnown={list.isKnown}
          failure={list.failure}
          onRetry={list.reload}
          more={list.more}
          columns={[
            {
              name: 'user',
              heading: texts.user,
              cell: ({ userId, phone }) => (
                <>
                  <a class="row-link" href={href(['users', userId])}>
                    {phone}
                  </a>
                  <small>{userId}</small>
                </>
              ),
            },
            { name: 'name', heading: texts.name, cell: ({ name }) => name ?? none },
            { name: 'by', heading: texts.by, cell: ({ allowedBy }) => allowedBy },
            { name: 'at', heading: texts.at, cell: ({ allowedAt }) => <Moment at={allowedAt} /> },
          ]}
        />
      </Panel>
      {may('operator') && (
        <Panel title={texts.change}>
          <AllowListForm eventId={event.id} onChanged={reload} />
        </Panel>
      )}
    </div>
  );
}
