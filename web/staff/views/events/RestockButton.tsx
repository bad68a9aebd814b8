import { useState } from 'preact/hooks';
import type { LiveEventView } from '../../../../src/domain/wire/live.js';
import { Button } from '../../components/Button.js';
import { Dialog } from '../../components/Dialog.js';
import { SelectField } from '../../components/SelectField.js';
import { TextField } from '../../components/TextField.js';
import { useDesk } from '../../desk/useDesk.js';
import { commandLine } from '../../text/commandLine.js';
import { common } from '../../text/common.js';
import { eventFormTexts } from '../../text/eventForm.js';
import { eventTexts } from '../../text/events.js';
import { number } from '../../text/format.js';
import { readWhole } from '../../text/inputs.js';
import { liveTexts } from '../../text/live.js';

const { restocking: texts } = eventTexts;

/** More units, or fewer: asks how many, then shows what becomes what before it is done. */
export function RestockButton({ event, onChanged }: { event: LiveEventView; onChanged: () => void }) {
  const desk = useDesk();
  const [isOpen, setOpen] = useState(false);
  const [how, setHow] = useState<'by' | 'to'>('by');
  const [units, setUnits] = useState('');
  const [fault, setFault] = useState<string>();

  const ask = (): void => {
    const value = readWhole(units);
    const after = value === undefined ? undefined : how === 'by' ? event.quantity + value : value;
    if (value === undefined || after === undefined) return setFault(texts.wrong);
    if (after === event.quantity) return setFault(texts.toNothing);
    const change = how === 'by' ? { by: value } : { quantity: value };
    setOpen(false);
    desk.ask({
      title: texts.ask,
      text: texts.note,
      changes: [
        { label: eventFormTexts.fields.quantity, before: number(event.quantity), after: number(after) },
        ...(event.available === null
          ? []
          : [
              {
                label: liveTexts.units.available,
                before: number(event.available),
                after: number(event.available + after - event.quantity),
              },
            ]),
      ],
      command: commandLine.restock(event.id, change),
      confirm: eventTexts.restock,
      isDangerous: after < event.quantity,
      async run() {
        const answer = await desk.api.restockEvent(event.id, change);
        onChanged();
        return texts.done(number(answer.event.quantity));
      },
    });
  };

  return (
    <>
      <Button
        onPress={() => {
          setFault(undefined);
          setUnits('');
          setOpen(true);
        }}
      >
        {eventTexts.restock}
      </Button>
      {isOpen && (
        <Dialog title={texts.title(event.title)} onClose={() => setOpen(false)}>
          <form
            class="form"
            onSubmit={(submitted) => {
              submitted.preventDefault();
              ask();
            }}
          >
            <p class="note">{texts.note}</p>
            <SelectField
              label={texts.how}
              value={how}
              options={[
                { value: 'by', text: texts.by },
                { value: 'to', text: texts.to },
              ]}
              onSelect={setHow}
            />
            <TextField
              label={how === 'by' ? texts.byLabel : texts.toLabel}
              value={units}
              onInput={setUnits}
              error={fault}
              inputMode="numeric"
              hasFocus
            />
            <div class="buttons">
              <Button type="submit" kind="primary">
                {texts.preview}
              </Button>
              <Button kind="quiet" onPress={() => setOpen(false)}>
                {common.cancel}
              </Button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}
