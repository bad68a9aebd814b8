import { useState } from 'preact/hooks';
import type { DeadLetterView } from '../../../../src/domain/wire.js';
import { Button } from '../../components/Button.js';
import { DataTable } from '../../components/DataTable.js';
import { Page } from '../../components/Page.js';
import { Panel } from '../../components/Panel.js';
import { TextField } from '../../components/TextField.js';
import { useDesk } from '../../desk/useDesk.js';
import { useLoad } from '../../desk/useLoad.js';
import { href, place, replaceQuery } from '../../place/place.js';
import { common } from '../../text/common.js';
import { none, number } from '../../text/format.js';
import { queueTexts as texts } from '../../text/queues.js';
import { QueuesPanel } from '../live/QueuesPanel.js';
import { DeadLetterActions } from './DeadLetterActions.js';

const LETTERS_SHOWN = 100;

/** What could not be stored, and what can be done about it. */
export function DeadLettersPage() {
  const { api, live } = useDesk();
  const eventId = place.value.query.get('event') ?? '';
  const [typed, setTyped] = useState(eventId);
  const chosen = eventId === '' ? {} : { eventId };
  const { data, failure, isLoading, reload } = useLoad(
    () => api.peekDeadLetters({ ...chosen, limit: LETTERS_SHOWN }),
    [eventId],
  );
  return (
    <Page
      title={texts.title}
      actions={
        data !== undefined && (
          <DeadLetterActions eventId={eventId} data={data} shownMax={LETTERS_SHOWN} onChanged={reload} />
        )
      }
    >
      <p class="note">{texts.note}</p>
      <form
        class="filters"
        role="search"
        onSubmit={(submitted) => {
          submitted.preventDefault();
          replaceQuery({ event: typed.trim() });
          reload();
        }}
      >
        <TextField label={texts.filter} value={typed} onInput={setTyped} inputMode="numeric" lengthMax={20} />
        <Button type="submit" isBusy={isLoading}>
          {common.search}
        </Button>
      </form>
      <div class="panels">
        <Panel
          title={texts.title}
          note={data === undefined ? undefined : texts.letters(number(data.letters.length), number(data.total))}
          isWide
        >
          <DataTable<DeadLetterView>
            caption={texts.title}
            rows={data?.letters ?? []}
            keyOf={(letter) => String(data?.letters.indexOf(letter))}
            empty={texts.empty}
            isKnown={data !== undefined}
            failure={failure}
            onRetry={reload}
            columns={[
              {
                name: 'event',
                heading: texts.event,
                cell: ({ eventId }) => (eventId === null ? none : <a href={href(['events', eventId])}>{eventId}</a>),
              },
              { name: 'reason', heading: texts.reason, cell: ({ reason }) => <span lang="en">{reason ?? none}</span> },
              { name: 'orders', heading: texts.orders, cell: (letter) => <LetterOrders letter={letter} /> },
            ]}
          />
        </Panel>
        <QueuesPanel queues={live.frame.value?.queues ?? null} />
      </div>
    </Page>
  );
}

function LetterOrders({ letter: { orders, unreadable } }: { letter: DeadLetterView }) {
  if (unreadable !== null) {
    return (
      <>
        {texts.unreadable}: <code>{unreadable}</code>
      </>
    );
  }
  return (
    <ul class="ids">
      {orders.map(({ id }) => (
        <li key={id}>
          <a href={href(['orders', id])}>{id}</a>
        </li>
      ))}
    </ul>
  );
}
