import { Button } from '../../components/Button.js';
import { useDesk } from '../../desk/useDesk.js';
import { commandLine } from '../../text/commandLine.js';
import { number } from '../../text/format.js';
import { queueTexts as texts } from '../../text/queues.js';

/** The service deals with this many in one request. */
const LETTERS_MAX = 500;

interface DeadLetterActionsProps {
  /** Empty: letters of all events. */
  eventId: string;
  data: { letters: readonly unknown[]; total: number };
  /** How many letters were asked for. */
  shownMax: number;
  onChanged: () => void;
}

/** Sending dead letters again, or giving them up. */
export function DeadLetterActions({ eventId, data, shownMax, onChanged }: DeadLetterActionsProps) {
  const desk = useDesk();
  if (!desk.may('operator') || data.letters.length === 0) return null;
  const chosen = eventId === '' ? {} : { eventId };
  const calls = { replay: desk.api.replayDeadLetters, purge: desk.api.purgeDeadLetters };
  const ask = (how: 'replay' | 'purge'): void => {
    const said = texts[how];
    const isAll = eventId === '';
    // Of one event only those are counted that were looked at.
    const count = isAll ? data.total : data.letters.length;
    const before = !isAll && count === shownMax ? `≥ ${number(count)}` : number(count);
    desk.ask({
      title: isAll ? said.title(number(data.total)) : said.titleEvent(eventId),
      text: said.text,
      changes: [{ label: texts.count, before, after: number(Math.max(0, count - LETTERS_MAX)) }],
      command: commandLine.deadLetters(how, isAll ? undefined : eventId),
      confirm: said.confirm,
      isDangerous: how === 'purge',
      async run() {
        const { letters, orders, left } = await calls[how](chosen);
        onChanged();
        return said.done(number(letters), number(orders), number(left));
      },
    });
  };
  return (
    <>
      <Button kind="primary" onPress={() => ask('replay')}>
        {texts.replay.label}
      </Button>
      <Button kind="danger" onPress={() => ask('purge')}>
        {texts.purge.label}
      </Button>
    </>
  );
}
