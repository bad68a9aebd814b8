import type { StaffUserView } from '../../../../src/client/answers.js';
import { DataTable, type Column } from '../../components/DataTable.js';
import { Moment } from '../../components/Moment.js';
import { Page } from '../../components/Page.js';
import { UserChips } from '../../components/UserChips.js';
import { useDesk } from '../../desk/useDesk.js';
import { usePages } from '../../desk/usePages.js';
import { href, place } from '../../place/place.js';
import { none } from '../../text/format.js';
import { userTexts as texts } from '../../text/users.js';
import { UserFilters } from './UserFilters.js';

const columns: readonly Column<StaffUserView>[] = [
  {
    name: 'user',
    heading: texts.user,
    cell: ({ id, phone }) => (
      <>
        <a class="row-link" href={href(['users', id])}>
          {phone}
        </a>
        <small>{id}</small>
      </>
    ),
    isWord: true,
  },
  { name: 'name', heading: texts.name, cell: ({ name }) => name ?? none },
  { name: 'account', heading: texts.account, cell: (user) => <UserChips user={user} />, isWord: true },
  { name: 'workStatus', heading: texts.workStatus, cell: ({ workStatus }) => workStatus ?? none, isWord: true },
  { name: 'registered', heading: texts.registered, cell: ({ createdAt }) => <Moment at={createdAt} /> },
];

/** The shoppers, the newest first, as the address filters them. */
export function UsersPage() {
  const { api, may } = useDesk();
  const { query } = place.value;
  const [phone, standing] = [query.get('phone'), query.get('standing')];
  const users = usePages<StaffUserView>(
    async (cursor) => {
      const { users, next } = await api.listUsers({
        phone: phone ?? undefined,
        ...(standing === 'blocked' ? { blocked: 'true' } : {}),
        ...(standing === 'denied' ? { denied: 'true' } : {}),
        limit: 50,
        cursor,
      });
      return { rows: users, next };
    },
    [phone, standing],
  );
  return (
    <Page
      title={texts.title}
      actions={
        may('operator') && (
          <a class="button primary" href={href(['users', 'new'])}>
            {texts.new}
          </a>
        )
      }
    >
      <UserFilters key={query.toString()} phone={phone ?? ''} standing={standing ?? ''} />
      <DataTable
        caption={texts.title}
        columns={columns}
        rows={users.rows}
        keyOf={({ id }) => id}
        empty={texts.empty}
        isKnown={users.isKnown}
        failure={users.failure}
        onRetry={users.reload}
        more={users.more}
      />
    </Page>
  );
}
