import type { SaleEventState } from '../../../src/domain/saleEvent.js';
import { eventTexts } from '../text/events.js';
import { Chip, type Tone } from './Chip.js';

const tones: Readonly<Record<SaleEventState, Tone>> = {
  scheduled: 'wait',
  open: 'good',
  paused: 'warn',
  ended: 'plain',
  closed: 'plain',
};

export function StateChip({ state }: { state: SaleEventState }) {
  return <Chip text={eventTexts.states[state]} tone={tones[state]} />;
}
