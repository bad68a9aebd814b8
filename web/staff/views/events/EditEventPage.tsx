import { Failure } from '../../components/Failure.js';
import { Page } from '../../components/Page.js';
import { useDesk } from '../../desk/useDesk.js';
import { useLoad } from '../../desk/useLoad.js';
import { common } from '../../text/common.js';
import { eventFormTexts as texts } from '../../text/eventForm.js';
import { EditEventForm } from './EditEventForm.js';

export function EditEventPage({ id }: { id: string }) {
  const { api } = useDesk();
  const { data, failure, reload } = useLoad(() => api.showEvent(id), [id]);
  return (
    <Page title={texts.editTitle(data?.event.title ?? id)}>
      {data !== undefined && <EditEventForm event={data.event} />}
      {data === undefined && failure === undefined && <p class="placeholder">{common.loading}</p>}
      <Failure failure={failure} onRetry={reload} />
    </Page>
  );
}
