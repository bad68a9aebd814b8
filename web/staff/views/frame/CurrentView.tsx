import { Page } from '../../components/Page.js';
import { href, place } from '../../place/place.js';
import { common } from '../../text/common.js';
import { AccountPage } from '../account/AccountPage.js';
import { EventsPage } from '../events/EventsPage.js';

/** The view of the place that the address names. */
export function CurrentView() {
  const [area = 'events', id] = place.value.path;
  switch (area) {
    case 'events':
      if (id === undefined) return <EventsPage />;
      break;
    case 'account':
      return <AccountPage />;
  }
  return (
    <Page title={common.notFound}>
      <a href={href(['events'])}>{common.toEvents}</a>
    </Page>
  );
}
