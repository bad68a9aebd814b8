import type { SwitchedEventAnswer } from '../../client/answers.js';
import type { StaffClient } from '../../client/createStaffClient.js';
import { ServiceRefusal } from '../../client/errors.js';
import type { StaffEventView } from '../../domain/wire.js';
import { CliError } from '../errors.js';
import { knownEvent } from '../knownEvent.js';
import type { Output } from '../output.js';

type Switch = 'pause' | 'resume' | 'close';

const said: Readonly<Record<Switch, { now: string; already: string }>> = {
  pause: { now: 'is paused: nobody can buy', already: 'was paused already' },
  resume: { now: 'goes on', already: 'was not paused' },
  close: { now: 'is closed for good', already: 'was closed already' },
};

/** Pauses, resumes or closes an event, and says what became of it, or that it was so already: a repeat is no error. */
export async function switchEvent(
  staff: StaffClient,
  id: string,
  name: Switch,
  out: Output,
): Promise<StaffEventView & { changed: boolean }> {
  const calls: Record<Switch, () => Promise<SwitchedEventAnswer>> = {
    pause: () => staff.pauseEvent(id),
    resume: () => staff.resumeEvent(id),
    close: () => staff.closeEvent(id),
  };
  const { event, changed } = await knownEvent(id, calls[name]()).catch((error: unknown) => {
    if (!(error instanceof ServiceRefusal) || error.code !== 'EVENT_STATE') throw error;
    throw isOver(id, String(error.answer.state), name);
  });
  // An event that is over does not go on by not being paused: to call that "as wanted" would be a lie.
  if (name === 'resume' && (event.state === 'closed' || event.state === 'ended')) throw isOver(id, event.state, name);
  const { now, already } = said[name];
  const text = `Event ${event.id} (${event.title})`;
  const state = name === 'resume' ? `: it is ${event.state}` : '';
  if (changed) out.success(`${text} ${now}${state}.`);
  else out.info(`${text} ${already}${state}.`);
  return { ...event, changed };
}

function isOver(id: string, state: string, name: Switch): CliError {
  const next = state === 'ended' ? `spikectl event update ${id} --ends ISO` : 'spikectl event create --help';
  return new CliError('EVENT_STATE', `Event ${id} is ${state}: there is nothing to ${name}.`, { suggestions: [next] });
}
