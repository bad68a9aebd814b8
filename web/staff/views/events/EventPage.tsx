import { useRef } from 'preact/hooks';
import type { LiveEventView } from '../../../../src/domain/wire/live.js';
import { Failure } from '../../components/Failure.js';
import { Page } from '../../components/Page.js';
import { StateChip } from '../../components/StateChip.js';
import { Tabs } from '../../components/Tabs.js';
import { useDesk } from '../../desk/useDesk.js';
import { useLoad } from '../../desk/useLoad.js';
import { href } from '../../place/place.js';
import { common } from '../../text/common.js';
import { eventTexts } from '../../text/events.js';
import { EventActions } from './EventActions.js';
import { EventTab, tabs, type TabName } from './EventTab.js';

/** A frame may have been gathered this long before it came: its stock may be that of before a change. */
const GATHERED_BEFORE_MS = 1_000;
const POLL_MS = 2_000;

/** One event: what can be done to it, and its parts. It moves with the live stream, or is asked for when that does not carry it. */
export function EventPage({ id, tab }: { id: string; tab: TabName }) {
  const { api, live } = useDesk();
  const seen = live.frame.value?.events?.find((event) => event.id === id);
  const answeredAtMs = useRef(0);
  const loaded = useLoad<LiveEventView>(
    async () => {
      const { event } = await api.showEvent(id);
      answeredAtMs.current = performance.now();
      return event;
    },
    [id],
    seen === undefined ? { everyMs: POLL_MS } : {},
  );
  const isLater = live.receivedAtMs.value > answeredAtMs.current + GATHERED_BEFORE_MS;
  const event = seen !== undefined && isLater && knowsChanges(seen, loaded.data) ? seen : (loaded.data ?? seen);
  if (event === undefined) {
    return (
      <Page title={`${eventTexts.event} ${id}`}>
        {loaded.failure === undefined ? (
          <p class="placeholder">{common.loading}</p>
        ) : (
          <Failure failure={loaded.failure} onRetry={loaded.reload} />
        )}
      </Page>
    );
  }
  return (
    <Page
      title={event.title}
      aside={<StateChip state={event.state} />}
      actions={<EventActions event={event} onChanged={loaded.reload} />}
    >
      <Tabs
        label={eventTexts.parts}
        tabs={tabs.map((name) => ({
          text: eventTexts.tabs[name],
          link: href(name === 'live' ? ['events', id] : ['events', id, name]),
          isCurrent: name === tab,
        }))}
      />
      <EventTab tab={tab} event={event} onChanged={loaded.reload} />
    </Page>
  );
}

/** A frame that was long on its way can be older than a change that an answer has told of already. */
function knowsChanges(seen: LiveEventView, answered: LiveEventView | undefined): boolean {
  return answered === undefined || Date.parse(seen.updatedAt) >= Date.parse(answered.updatedAt);
}
