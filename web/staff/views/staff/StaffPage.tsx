import type { StaffView } from '../../../../src/domain/wire.js';
import { Chip } from '../../components/Chip.js';
import { DataTable } from '../../components/DataTable.js';
import { Moment } from '../../components/Moment.js';
import { Page } from '../../components/Page.js';
import { Panel } from '../../components/Panel.js';
import { useDesk } from '../../desk/useDesk.js';
import { useLoad } from '../../desk/useLoad.js';
import { href } from '../../place/place.js';
import { common } from '../../text/common.js';
import { staffTexts as texts } from '../../text/staff.js';
import { NewStaffForm } from './NewStaffForm.js';
import { StaffActions } from './StaffActions.js';

/** Who works here, and what they may do; for admins. */
export function StaffPage() {
  const { api, may, session } = useDesk();
  const { data, failure, reload } = useLoad(() => api.listAdmins(), []);
  const me = session.login.value?.username;
  return (
    <Page title={texts.title}>
      <DataTable<StaffView>
        caption={texts.title}
        rows={data?.admins ?? []}
        keyOf={({ id }) => id}
        empty={texts.empty}
        isKnown={data !== undefined}
        failure={failure}
        onRetry={reload}
        columns={[
          {
            name: 'name',
            heading: texts.name,
            cell: ({ username }) => (
              <>
                <strong>{username}</strong>
                {username === me && <small>{texts.you}</small>}
              </>
            ),
          },
          { name: 'role', heading: texts.role, cell: ({ role }) => common.roles[role], isWord: true },
          {
            name: 'state',
            heading: texts.state,
            cell: ({ disabledAt }) => (
              <Chip
                text={disabledAt === null ? texts.active : texts.disabled}
                tone={disabledAt === null ? 'good' : 'bad'}
              />
            ),
            isWord: true,
          },
          { name: 'since', heading: texts.since, cell: ({ createdAt }) => <Moment at={createdAt} /> },
          {
            name: 'password',
            heading: texts.password,
            cell: ({ passwordChangedAt }) =>
              passwordChangedAt === null ? texts.firstPassword : <Moment at={passwordChangedAt} />,
            isWord: true,
          },
          {
            name: 'actions',
            heading: texts.actions,
            cell: (member) =>
              member.username === me ? (
                <a href={href(['account'])}>{texts.yourAccount}</a>
              ) : (
                <StaffActions member={member} onChanged={reload} />
              ),
            isWord: true,
          },
        ]}
      />
      {may('admin') && (
        <Panel title={texts.new}>
          <NewStaffForm onCreated={reload} />
        </Panel>
      )}
    </Page>
  );
}
