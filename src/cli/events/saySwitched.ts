import type { SwitchedEventAnswer } from '../../client/answers.js';
import type { Output } from '../output.js';

type Switch = 'pause' | 'resume' | 'close';

const said: Readonly<Record<Switch, { now: string; already: string }>> = {
  pause: { now: 'is paused: nobody can buy', already: 'was paused already' },
  resume: { now: 'goes on', already: 'was not paused' },
  close: { now: 'is closed for good', already: 'was closed already' },
};

/** Says what became of the event, and when it was so already: a repeat is no error. */
export function saySwitched({ event, changed }: SwitchedEventAnswer, name: Switch, out: Output): void {
  const { now, already } = said[name];
  const text = `Event ${event.id} (${event.title})`;
  const state = name === 'resume' ? `: it is ${event.state}` : '';
  if (changed) out.success(`${text} ${now}${state}.`);
  else out.info(`${text} ${already}${state}.`);
}
