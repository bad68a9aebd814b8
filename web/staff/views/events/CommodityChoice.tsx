import type { EventFields, Faults } from '../../event/eventFields.js';
import { Failure } from '../../components/Failure.js';
import { SelectField } from '../../components/SelectField.js';
import { TextField } from '../../components/TextField.js';
import { useDesk } from '../../desk/useDesk.js';
import { useLoad } from '../../desk/useLoad.js';
import { eventFormTexts as texts } from '../../text/eventForm.js';

interface CommodityChoiceProps {
  fields: EventFields;
  faults: Faults;
  onChange: (fields: EventFields) => void;
}

/** What is sold: something that is known, or something new. */
export function CommodityChoice({ fields, faults, onChange }: CommodityChoiceProps) {
  const { api } = useDesk();
  const { data, failure, reload } = useLoad(() => api.listCommodities({ limit: 100 }), []);
  const options = (data?.commodities ?? []).map(({ id, name }) => ({ value: id, text: `${name} (${id})` }));
  return (
    <>
      <Failure failure={failure} onRetry={reload} />
      <SelectField
        label={texts.fields.commodity}
        value={fields.commodityId}
        options={[{ value: '', text: texts.fields.newCommodity }, ...options]}
        onSelect={(commodityId) => onChange({ ...fields, commodityId })}
        error={faults.get('commodityId')}
      />
      {fields.commodityId === '' && (
        <TextField
          label={texts.fields.commodityName}
          value={fields.commodityName}
          onInput={(commodityName) => onChange({ ...fields, commodityName })}
          error={faults.get('commodityName')}
          lengthMax={200}
        />
      )}
    </>
  );
}
