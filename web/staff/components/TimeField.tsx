import { zoneName } from '../text/format.js';
import { fromTimeInput } from '../text/inputs.js';
import { TextField } from './TextField.js';

interface TimeFieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  error?: string | undefined;
  isRequired?: boolean;
}

/** A time in the zone of this browser, which is named, and the same in UTC, as it is sent. */
export function TimeField(props: TimeFieldProps) {
  const iso = fromTimeInput(props.value);
  const zone = zoneName(iso === undefined ? Date.now() : Date.parse(iso));
  return (
    <TextField {...props} type="datetime-local" hint={iso === undefined ? zone : `${zone} = ${iso.slice(0, 19)}Z`} />
  );
}
