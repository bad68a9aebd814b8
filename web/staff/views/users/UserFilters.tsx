import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.js';
import { SelectField } from '../../components/SelectField.js';
import { TextField } from '../../components/TextField.js';
import { goTo, replaceQuery } from '../../place/place.js';
import { common } from '../../text/common.js';
import { userTexts } from '../../text/users.js';

const { filter: texts } = userTexts;

/** Which users; of one whose id is known, the user. */
export function UserFilters({ phone, standing }: { phone: string; standing: string }) {
  const [typed, setTyped] = useState({ phone, standing, id: '' });
  return (
    <form
      class="filters"
      role="search"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        const { id, ...filter } = typed;
        if (id === '') replaceQuery(filter);
        else goTo(['users', id]);
      }}
    >
      <TextField
        label={texts.phone}
        value={typed.phone}
        onInput={(value) => setTyped({ ...typed, phone: value.trim() })}
        type="tel"
        lengthMax={40}
      />
      <SelectField
        label={texts.standing}
        value={typed.standing}
        options={[
          { value: '', text: texts.all },
          { value: 'blocked', text: texts.blocked },
          { value: 'denied', text: texts.denied },
        ]}
        onSelect={(value) => setTyped({ ...typed, standing: value })}
      />
      <TextField
        label={texts.id}
        value={typed.id}
        onInput={(value) => setTyped({ ...typed, id: value.trim() })}
        inputMode="numeric"
        lengthMax={20}
      />
      <Button type="submit">{common.search}</Button>
      <Button kind="quiet" onPress={() => replaceQuery({})}>
        {common.reset}
      </Button>
    </form>
  );
}
