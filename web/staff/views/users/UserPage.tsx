import type { StaffUserView } from '../../../../src/client/answers.js';
import { Facts } from '../../components/Facts.js';
import { Failure } from '../../components/Failure.js';
import { Moment } from '../../components/Moment.js';
import { Page } from '../../components/Page.js';
import { Panel } from '../../components/Panel.js';
import { UserChips } from '../../components/UserChips.js';
import { useDesk } from '../../desk/useDesk.js';
import { useLoad } from '../../desk/useLoad.js';
import { href } from '../../place/place.js';
import { none } from '../../text/format.js';
import { orderTexts } from '../../text/orders.js';
import { userTexts as texts } from '../../text/users.js';
import { UserActions } from './UserActions.js';

/** One shopper. */
export function UserPage({ id }: { id: string }) {
  const { api } = useDesk();
  const { data, failure, reload, set } = useLoad<StaffUserView>(async () => (await api.showUser(id)).user, [id]);
  return (
    <Page
      title={data?.phone ?? `${texts.user} ${id}`}
      aside={data !== undefined && <UserChips user={data} />}
      actions={data !== undefined && <UserActions user={data} onChanged={set} />}
    >
      <Failure failure={failure} onRetry={reload} />
      {data !== undefined && (
        <Panel title={texts.user}>
          <Facts
            facts={[
              [texts.id, data.id],
              [texts.phone, data.phone],
              [texts.name, data.name ?? none],
              [texts.birthDate, data.birthDate ?? none],
              [texts.workStatus, data.workStatus ?? none],
              [texts.nationalId, data.nationalId ?? none],
              [texts.registered, <Moment key="registered" at={data.createdAt} />],
              [texts.blocked, <Moment key="blocked" at={data.blockedAt} />],
              [texts.blockedBy, data.blockedBy ?? none],
              [texts.blockedReason, data.blockedReason ?? none],
              [texts.deniedReason, data.deniedReason ?? none],
              [
                orderTexts.title,
                <a key="orders" href={href(['orders'], { user: data.id })}>
                  {texts.seeOrders}
                </a>,
              ],
            ]}
          />
        </Panel>
      )}
    </Page>
  );
}
