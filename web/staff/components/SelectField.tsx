import type { ComponentChildren } from 'preact';
import { Field } from './Field.js';

interface SelectFieldProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; text: string }[];
  onSelect: (value: Value) => void;
  hint?: ComponentChildren;
  error?: string | undefined;
}

export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const { label, value, options, onSelect, hint, error } = props;
  return (
    <Field label={label} hint={hint} error={error}>
      {(ties) => (
        <select {...ties} value={value} onChange={(event) => onSelect(event.currentTarget.value as Value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value} selected={option.value === value}>
              {option.text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
