import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Field } from './Field.js';

interface TextFieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  hint?: ComponentChildren;
  error?: string | undefined;
  type?: 'text' | 'password' | 'tel' | 'date' | 'datetime-local' | 'search';
  /** Numbers are typed as text, so that nothing that was typed is lost; the keyboard of a phone is told. */
  inputMode?: 'numeric' | 'decimal';
  isRequired?: boolean;
  autoComplete?: string;
  lengthMax?: number;
  /** What may be meant. */
  suggestions?: readonly string[];
  hasFocus?: boolean;
}

export function TextField({ label, value, onInput, hint, error, suggestions, ...rest }: TextFieldProps) {
  const listId = useId();
  // The types of elements tell apart which kind of field takes a list; here any may.
  const kind = { type: rest.type ?? 'text', list: suggestions === undefined ? undefined : listId } as object;
  return (
    <Field label={label} hint={hint} error={error}>
      {(ties) => (
        <>
          <input
            {...ties}
            {...kind}
            value={value}
            inputMode={rest.inputMode}
            required={rest.isRequired}
            autocomplete={rest.autoComplete ?? 'off'}
            maxLength={rest.lengthMax}
            step={rest.type === 'datetime-local' ? 1 : undefined}
            autofocus={rest.hasFocus}
            onInput={(event) => onInput(event.currentTarget.value)}
          />
          {suggestions !== undefined && (
            <datalist id={listId}>
              {suggestions.map((suggestion) => (
                <option key={suggestion} value={suggestion} />
              ))}
            </datalist>
          )}
        </>
      )}
    </Field>
  );
}
