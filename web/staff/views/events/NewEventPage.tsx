import { useEffect, useState } from 'preact/hooks';
import { Failure } from '../../components/Failure.js';
import { Page } from '../../components/Page.js';
import { useDesk } from '../../desk/useDesk.js';
import { useLoad } from '../../desk/useLoad.js';
import { emptyFields, fieldsOfEvent } from '../../event/eventFields.js';
import { place } from '../../place/place.js';
import { common } from '../../text/common.js';
import { eventFormTexts as texts } from '../../text/eventForm.js';
import { NewEventForm } from './NewEventForm.js';

/** Making an event, from nothing or from another one (`?from=7`). */
export function NewEventPage() {
  const { api, live } = useDesk();
  const from = place.value.query.get('from');
  const { data, failure, reload } = useLoad(
    async () => (from === null ? null : (await api.showEvent(from)).event),
    [from],
  );
  const [nowMs] = useState(() => live.nowMs());
  const [isReady, setReady] = useState(from === null);
  useEffect(() => {
    if (data !== undefined) setReady(true);
  }, [data]);
  if (!isReady) {
    return (
      <Page title={texts.newTitle}>
        {failure === undefined ? (
          <p class="placeholder">{common.loading}</p>
        ) : (
          <Failure failure={failure} onRetry={reload} />
        )}
      </Page>
    );
  }
  const initial =
    data === null || data === undefined
      ? emptyFields(nowMs)
      : { ...emptyFields(nowMs), ...fieldsOfEvent(data), ...windowOf(nowMs), title: texts.copyOf(data.title) };
  return (
    <Page title={texts.newTitle}>
      <NewEventForm initial={initial} rule={data?.rule ?? []} />
    </Page>
  );
}

/** A copy sells at another time. */
function windowOf(nowMs: number) {
  const { startsAt, endsAt } = emptyFields(nowMs);
  return { startsAt, endsAt };
}
