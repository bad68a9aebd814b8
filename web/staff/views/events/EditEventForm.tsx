import { useState } from 'preact/hooks';
import type { StaffEventView } from '../../../../src/domain/wire.js';
import { Button } from '../../components/Button.js';
import { Failure } from '../../components/Failure.js';
import { focusFirstFault } from '../../desk/focusFirstFault.js';
import { useDesk } from '../../desk/useDesk.js';
import { useSubmit } from '../../desk/useSubmit.js';
import { describeChange } from '../../event/describeField.js';
import { changeOf, faultsLeft, fieldsOfEvent, readEvent, type Faults } from '../../event/eventFields.js';
import { goTo, href } from '../../place/place.js';
import { commandLine } from '../../text/commandLine.js';
import { common } from '../../text/common.js';
import { eventFormTexts as texts } from '../../text/eventForm.js';
import { issuesOf } from '../../text/failureText.js';
import { EventFieldset } from './EventFieldset.js';

/** The fields of an event that is there. The service says what would change before one is asked. */
export function EditEventForm({ event }: { event: StaffEventView }) {
  const desk = useDesk();
  const [before] = useState(event);
  const [fields, setFields] = useState(() => fieldsOfEvent(event));
  const [faults, setFaults] = useState<Faults>(new Map());
  const { id } = before;
  const { isBusy, failure, onSubmit } = useSubmit(async () => {
    const read = readEvent(fields);
    setFaults(read.faults);
    if (read.faults.size > 0) return focusFirstFault();
    const change = changeOf(before, read);
    if (Object.keys(change).length === 0) return desk.say(texts.same);
    const { changes } = await desk.api.planChange(id, change);
    desk.ask({
      title: texts.editAsk,
      text: texts.editText,
      changes: changes.map(describeChange),
      command: commandLine.changeEvent(id, change),
      confirm: common.save,
      async run() {
        await desk.api.changeEvent(id, change);
        goTo(['events', id, 'details']);
        return texts.saved;
      },
    });
  });
  const hasStarted = Date.parse(before.startsAt) <= desk.live.nowMs();
  return (
    <form class="form" onSubmit={onSubmit} noValidate>
      {hasStarted && <p class="note">{texts.started}</p>}
      <EventFieldset
        fields={fields}
        faults={new Map([...issuesOf(failure), ...faults])}
        onChange={(typed) => {
          setFields(typed);
          setFaults(faultsLeft(faults, typed));
        }}
        isEdit
      />
      <Failure failure={failure} />
      <div class="buttons">
        <Button type="submit" kind="primary" isBusy={isBusy}>
          {texts.edit}
        </Button>
        <a class="button quiet" href={href(['events', id])}>
          {common.cancel}
        </a>
      </div>
    </form>
  );
}
