import type { LiveEventView } from '../../../../src/domain/wire/live.js';
import { Button } from '../../components/Button.js';
import { useDesk } from '../../desk/useDesk.js';
import { goTo, href } from '../../place/place.js';
import { commandLine } from '../../text/commandLine.js';
import { eventTexts } from '../../text/events.js';
import { RestockButton } from './RestockButton.js';
import { WarmButton } from './WarmButton.js';

const { actions: texts, states } = eventTexts;

/** What can be done to an event now, for whose role it is. */
export function EventActions({ event, onChanged }: { event: LiveEventView; onChanged: () => void }) {
  const desk = useDesk();
  if (!desk.may('operator')) return null;
  const { id, title, state } = event;
  const isOver = state === 'closed' || state === 'ended';
  const toggle = state === 'paused' ? 'resume' : 'pause';

  const ask = (how: 'pause' | 'resume' | 'close') =>
    desk.ask({
      title: texts[how].title(title),
      text: texts[how].text,
      changes: [{ label: eventTexts.state, before: states[state], after: stateAfter(how) }],
      command: commandLine.switchEvent(how, id),
      confirm: texts[how].label,
      isDangerous: how === 'close',
      async run() {
        await desk.api.switchEvent(id, how);
        onChanged();
        return texts[how].done(title);
      },
    });
  const stateAfter = (how: 'pause' | 'resume' | 'close') =>
    how === 'pause' ? states.paused : how === 'close' ? states.closed : states[afterPause(event, desk.live.nowMs())];
  const askDelete = () =>
    desk.ask({
      title: texts.delete.title(title),
      text: texts.delete.text,
      command: commandLine.switchEvent('delete', id),
      confirm: texts.delete.label,
      isDangerous: true,
      async run() {
        await desk.api.deleteEvent(id);
        goTo(['events']);
        return texts.delete.done(title);
      },
    });

  return (
    <>
      {!isOver && (
        <Button kind="primary" onPress={() => ask(toggle)}>
          {texts[toggle].label}
        </Button>
      )}
      {!isOver && <RestockButton event={event} onChanged={onChanged} />}
      {!isOver && <WarmButton event={event} onWarmed={onChanged} />}
      {state !== 'closed' && (
        <a class="button quiet" href={href(['events', id, 'edit'])}>
          {eventTexts.edit}
        </a>
      )}
      <a class="button quiet" href={href(['events', 'new'], { from: id })}>
        {eventTexts.copy}
      </a>
      {!isOver && (
        <Button kind="danger" onPress={() => ask('close')}>
          {texts.close.label}
        </Button>
      )}
      {!hasSold(event) && (
        <Button kind="danger" onPress={askDelete}>
          {texts.delete.label}
        </Button>
      )}
    </>
  );
}

function afterPause({ startsAt }: LiveEventView, nowMs: number): 'scheduled' | 'open' {
  return nowMs < Date.parse(startsAt) ? 'scheduled' : 'open';
}

/** What had orders stays, and the service refuses to delete it; where a store does not answer, that is for the service to say. */
function hasSold({ sold, pending, times }: LiveEventView): boolean {
  return (sold ?? 0) + (pending ?? 0) > 0 || times.firstAcceptedAt !== null;
}
