import type { ComponentChildren } from 'preact';
import { Page } from '../../components/Page.js';
import { useDesk } from '../../desk/useDesk.js';
import { href, place } from '../../place/place.js';
import { common } from '../../text/common.js';
import { AccountPage } from '../account/AccountPage.js';
import { CommoditiesPage } from '../commodities/CommoditiesPage.js';
import { EditEventPage } from '../events/EditEventPage.js';
import { EventPage } from '../events/EventPage.js';
import { EventsPage } from '../events/EventsPage.js';
import { tabs } from '../events/EventTab.js';
import { NewEventPage } from '../events/NewEventPage.js';
import { LimitsPage } from '../limits/LimitsPage.js';
import { SystemPage } from '../live/SystemPage.js';
import { LogPage } from '../log/LogPage.js';
import { OrderPage } from '../orders/OrderPage.js';
import { OrdersPage } from '../orders/OrdersPage.js';
import { DeadLettersPage } from '../queues/DeadLettersPage.js';
import { StaffPage } from '../staff/StaffPage.js';
import { AuditPage } from '../truth/AuditPage.js';
import { NewUserPage } from '../users/NewUserPage.js';
import { UserPage } from '../users/UserPage.js';
import { UsersPage } from '../users/UsersPage.js';

/** The view of the place that the address names. */
export function CurrentView() {
  const { may } = useDesk();
  const [area = 'events', id, part = 'live'] = place.value.path;
  return viewOf(area) ?? <NotFound />;

  function viewOf(name: string): ComponentChildren {
    switch (name) {
      case 'events':
        return id === undefined ? <EventsPage /> : eventView(id);
      case 'orders':
        return id === undefined ? <OrdersPage /> : <OrderPage key={id} id={id} />;
      case 'users':
        if (id === 'new') return may('operator') ? <NewUserPage /> : null;
        return id === undefined ? <UsersPage /> : <UserPage key={id} id={id} />;
      case 'system':
        return <SystemPage />;
      case 'limits':
        return <LimitsPage />;
      case 'queues':
        return <DeadLettersPage />;
      case 'audit':
        return <AuditPage />;
      case 'log':
        return <LogPage />;
      case 'commodities':
        return <CommoditiesPage />;
      case 'staff':
        return may('admin') ? <StaffPage /> : null;
      case 'account':
        return <AccountPage />;
      default:
        return null;
    }
  }

  function eventView(eventId: string): ComponentChildren {
    if (eventId === 'new') return may('operator') ? <NewEventPage /> : null;
    if (part === 'edit') return may('operator') ? <EditEventPage key={eventId} id={eventId} /> : null;
    const tab = tabs.find((known) => known === part);
    return tab === undefined ? null : <EventPage key={eventId} id={eventId} tab={tab} />;
  }
}

function NotFound() {
  return (
    <Page title={common.notFound}>
      <a href={href(['events'])}>{common.toEvents}</a>
    </Page>
  );
}
