import { h } from '../dom/h.js';
import type { Offer } from '../shop/describeOffer.js';
import { isolate } from '../text/isolate.js';
import { texts } from '../text/texts.js';

const { sales } = texts;

/**
 * Says to screen readers that a sale has started, was paused, is sold out or over, and leaves the countdown and the stock alone, which
 * change every second. Each only once: the last units of a sale come back and go again faster than anybody can speak.
 */
export function createPhaseNews(): { element: HTMLElement; update(title: string, phase: Offer['phase']): void } {
  const element = h('p', { class: 'visually-hidden', role: 'status' });
  const known = new Set<Offer['phase']>();
  return {
    element,
    update(title, phase) {
      if (known.has(phase)) return;
      if (known.size > 0) element.textContent = sales.phaseChanged(isolate(title), sales.phase[phase]);
      known.add(phase);
    },
  };
}
