import { dealWithAll } from '../cli/deadLetters.js';
import type { StaffClient } from '../client/createStaffClient.js';
import type { Outcome } from './createDashboard.js';
import type { Operation } from './state/operations.js';

/** Does what was confirmed, by the same calls as the commands. */
export async function runOperation(staff: StaffClient, operation: Operation): Promise<Outcome> {
  switch (operation.kind) {
    case 'pause': {
      const { event, changed } = await staff.pauseEvent(operation.eventId);
      return { event, text: `Event ${event.id} ${changed ? 'is paused' : 'was paused already'}.` };
    }
    case 'resume': {
      const { event, changed } = await staff.resumeEvent(operation.eventId);
      const text = changed ? `Event ${event.id} goes on: it is ${event.state}.` : `Event ${event.id} was not paused.`;
      return { event, text };
    }
    case 'restock': {
      const { event } = await staff.restockEvent(operation.eventId, { quantity: operation.after });
      return { event, text: `Event ${event.id} has ${event.quantity} units.` };
    }
    case 'limit': {
      await staff.changeLimits(operation.eventId, { [operation.name]: operation.after });
      return {
        text: `${operation.name} of event ${operation.eventId} is ${operation.after}, everywhere within a second.`,
      };
    }
    case 'replay': {
      const asked = { eventId: undefined, total: operation.letters, say: () => undefined };
      const { letters, orders, unreadable } = await dealWithAll(staff.replayDeadLetters, asked);
      const left = unreadable === 0 ? '' : `; ${unreadable} cannot be read and stay`;
      return { text: `Sent ${letters} letters with ${orders} orders again${left}.` };
    }
  }
}
