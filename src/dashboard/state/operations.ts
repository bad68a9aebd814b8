import { limitFlagOf } from '../../cli/limitFlags.js';
import type { EventLimits } from '../../domain/saleEvent.js';

/** What can be changed from the screen. */
export type Operation =
  | { kind: 'pause' | 'resume'; eventId: string; title: string }
  | { kind: 'restock'; eventId: string; title: string; before: number; after: number }
  | { kind: 'limit'; eventId: string; title: string; name: keyof EventLimits; before: number; after: number }
  | { kind: 'replay'; letters: number };

/** The command that does the same, for whoever wants to type it, or to learn it. */
export function commandLine(operation: Operation): string {
  switch (operation.kind) {
    case 'pause':
    case 'resume':
      return `spikectl event ${operation.kind} ${operation.eventId}`;
    case 'restock':
      return `spikectl event restock ${operation.eventId} --to ${operation.after}`;
    case 'limit':
      return `spikectl limit set ${operation.eventId} --${limitFlagOf(operation.name)} ${operation.after}`;
    case 'replay':
      return 'spikectl queue replay';
  }
}

/** What is asked before it is done. */
export function question(operation: Operation): string {
  switch (operation.kind) {
    case 'pause':
      return `Pause event ${operation.eventId} (${operation.title})? Nobody can buy until it is resumed.`;
    case 'resume':
      return `Resume event ${operation.eventId} (${operation.title})? Shoppers can buy again at once.`;
    case 'restock':
      return `Change the units of event ${operation.eventId} (${operation.title}) from ${operation.before} to ${operation.after}?`;
    case 'limit':
      return `Change ${operation.name} of event ${operation.eventId} (${operation.title}) from ${operation.before} to ${operation.after}?`;
    case 'replay':
      return `Send ${operation.letters === 1 ? 'the dead letter' : `all ${operation.letters} dead letters`} to the order queue again?`;
  }
}
