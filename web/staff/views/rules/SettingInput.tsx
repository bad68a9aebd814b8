import { TextArea } from '../../components/TextArea.js';
import { TextField } from '../../components/TextField.js';
import { TimeField } from '../../components/TimeField.js';
import type { SettingField } from '../../rule/settingFields.js';
import { ruleTexts } from '../../text/rules.js';

interface SettingInputProps {
  filter: string;
  field: SettingField;
  value: string;
  error: string | undefined;
  onInput: (value: string) => void;
}

/** One setting of a filter, by its kind. */
export function SettingInput({ filter, field, value, error, onInput }: SettingInputProps) {
  const name = `${filter}.${field.path.join('.')}`;
  const label = ruleTexts.fields[name] ?? field.path.join(' ');
  const hint = ruleTexts.hints[name];
  const common = { label, value, onInput, error, ...(hint === undefined ? {} : { hint }) };
  switch (field.kind) {
    case 'whole':
      return <TextField {...common} inputMode="numeric" />;
    case 'time':
      return <TimeField {...common} isRequired={field.isRequired} />;
    case 'longText':
      return <TextArea {...common} {...(field.lengthMax === undefined ? {} : { lengthMax: field.lengthMax })} />;
    case 'text':
    case 'words':
      return <TextField {...common} {...(field.lengthMax === undefined ? {} : { lengthMax: field.lengthMax })} />;
  }
}
