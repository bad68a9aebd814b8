import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.js';
import { SelectField } from '../../components/SelectField.js';
import { TextField } from '../../components/TextField.js';
import { goTo, replaceQuery } from '../../place/place.js';
import { common } from '../../text/common.js';
import { orderTexts as texts } from '../../text/orders.js';

interface OrderFiltersProps {
  event: string;
  user: string;
  state: string;
}

/** Which orders; of one whose id is known, the order itself. */
export function OrderFilters({ event, user, state }: OrderFiltersProps) {
  const [typed, setTyped] = useState({ event, user, state, order: '' });
  const input = (name: keyof typeof typed) => ({
    value: typed[name],
    onInput: (value: string) => setTyped({ ...typed, [name]: value.trim() }),
  });
  const states = Object.entries(texts.states).map(([value, text]) => ({ value, text }));
  return (
    <form
      class="filters"
      role="search"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        const { order, ...filter } = typed;
        if (order === '') replaceQuery(filter);
        else goTo(['orders', order]);
      }}
    >
      <TextField label={texts.filter.event} {...input('event')} inputMode="numeric" />
      <TextField label={texts.filter.user} {...input('user')} inputMode="numeric" />
      <SelectField
        label={texts.filter.state}
        value={typed.state}
        options={[{ value: '', text: texts.anyState }, ...states]}
        onSelect={(value) => setTyped({ ...typed, state: value })}
      />
      <TextField label={texts.filter.order} {...input('order')} />
      <Button type="submit">{typed.order === '' ? common.search : texts.filter.find}</Button>
      <Button kind="quiet" onPress={() => replaceQuery({})}>
        {common.reset}
      </Button>
    </form>
  );
}
