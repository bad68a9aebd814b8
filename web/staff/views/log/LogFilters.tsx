import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.js';
import { SelectField } from '../../components/SelectField.js';
import { TextField } from '../../components/TextField.js';
import { TimeField } from '../../components/TimeField.js';
import { replaceQuery } from '../../place/place.js';
import { common } from '../../text/common.js';
import { logTexts as texts } from '../../text/log.js';

/** What the log can be filtered by, under the names that the address has. */
export const filterNames = ['actor', 'action', 'targetType', 'targetId', 'since'] as const;

export type Filter = Readonly<Record<(typeof filterNames)[number], string>>;

/** Which changes. */
export function LogFilters({ filter }: { filter: Filter }) {
  const [typed, setTyped] = useState(filter);
  const input = (name: keyof Filter) => ({
    value: typed[name],
    lengthMax: 64,
    onInput: (value: string) => setTyped({ ...typed, [name]: value.trim() }),
  });
  const kinds = Object.entries(texts.kinds).map(([value, text]) => ({ value, text }));
  return (
    <form
      class="filters"
      role="search"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        replaceQuery(typed);
      }}
    >
      <TextField label={texts.actor} {...input('actor')} />
      <TextField label={texts.action} hint={texts.actionHint} {...input('action')} />
      <SelectField
        label={texts.targetType}
        value={typed.targetType}
        options={[{ value: '', text: texts.any }, ...kinds]}
        onSelect={(targetType) => setTyped({ ...typed, targetType })}
      />
      <TextField label={texts.targetId} {...input('targetId')} />
      <TimeField label={texts.since} value={typed.since} onInput={(since) => setTyped({ ...typed, since })} />
      <div class="actions">
        <Button type="submit">{common.search}</Button>
        <Button kind="quiet" onPress={() => replaceQuery({})}>
          {common.reset}
        </Button>
      </div>
    </form>
  );
}
