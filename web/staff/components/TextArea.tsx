import type { ComponentChildren } from 'preact';
import { Field } from './Field.js';

interface TextAreaProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  hint?: ComponentChildren;
  error?: string | undefined;
  rows?: number;
  lengthMax?: number;
}

export function TextArea({ label, value, onInput, hint, error, rows = 3, lengthMax }: TextAreaProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(ties) => (
        <textarea
          {...ties}
          rows={rows}
          maxLength={lengthMax}
          spellcheck={false}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
