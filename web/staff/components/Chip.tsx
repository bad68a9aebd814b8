export type Tone = 'good' | 'bad' | 'wait' | 'warn' | 'plain';

/** A state in a word. */
export function Chip({ text, tone = 'plain' }: { text: string; tone?: Tone }) {
  return <span class={`chip ${tone}`}>{text}</span>;
}
