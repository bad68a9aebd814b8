import { eventLimitNames } from '../../../../src/domain/limits.js';
import type { EventFields, Faults } from '../../event/eventFields.js';
import { TextField } from '../../components/TextField.js';
import { TimeField } from '../../components/TimeField.js';
import { eventFormTexts as texts } from '../../text/eventForm.js';
import { limitTexts } from '../../text/limits.js';
import { CommodityChoice } from './CommodityChoice.js';

interface EventFieldsetProps {
  fields: EventFields;
  faults: Faults;
  onChange: (fields: EventFields) => void;
  /** Of an event that is there: what it sells, its key and its units are changed elsewhere or not at all. */
  isEdit?: boolean;
}

/** The fields of an event, but for its rule. */
export function EventFieldset({ fields, faults, onChange, isEdit }: EventFieldsetProps) {
  const input = (name: keyof EventFields, fault: string = name) => ({
    value: fields[name],
    error: faults.get(fault),
    onInput: (value: string) => onChange({ ...fields, [name]: value }),
  });
  return (
    <>
      <fieldset>
        <legend>{texts.what}</legend>
        <div class="form-grid">
          <div class="whole">
            <TextField label={texts.fields.title} hint={texts.hints.title} {...input('title')} lengthMax={200} />
          </div>
          {isEdit !== true && <CommodityChoice fields={fields} faults={faults} onChange={onChange} />}
          <TextField
            label={texts.fields.priceCents}
            hint={texts.hints.price}
            {...input('price', 'priceCents')}
            inputMode="decimal"
          />
          {isEdit !== true && <TextField label={texts.fields.quantity} {...input('quantity')} inputMode="numeric" />}
          <TextField label={texts.fields.purchaseLimit} {...input('purchaseLimit')} inputMode="numeric" />
          {isEdit !== true && (
            <TextField label={texts.fields.key} hint={texts.hints.key} {...input('key')} lengthMax={64} />
          )}
        </div>
      </fieldset>
      <fieldset>
        <legend>{texts.when}</legend>
        <div class="form-grid">
          <TimeField label={texts.fields.startsAt} {...input('startsAt')} />
          <TimeField label={texts.fields.endsAt} {...input('endsAt')} />
          <TextField
            label={texts.fields.paymentWindowSeconds}
            hint={texts.hints.payment}
            {...input('paymentMinutes', 'paymentWindowSeconds')}
            inputMode="decimal"
          />
        </div>
      </fieldset>
      {isEdit !== true && (
        <fieldset>
          <legend>{texts.limits}</legend>
          <p class="note">{texts.limitsNote}</p>
          <div class="form-grid">
            {eventLimitNames.map((name) => (
              <TextField
                key={name}
                label={limitTexts.names[name]}
                {...input(name, `limits.${name}`)}
                inputMode="decimal"
              />
            ))}
          </div>
        </fieldset>
      )}
    </>
  );
}
