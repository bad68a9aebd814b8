import type { StaffClient } from '../client/createStaffClient.js';
import type { LiveFrame } from '../domain/wire/live.js';

/** A frame has the events that matter most; the one that was asked for is added when it is not among them. */
export async function withEvent(
  frame: LiveFrame,
  eventId: string | undefined,
  staff: Pick<StaffClient, 'showEvent'>,
): Promise<LiveFrame> {
  if (eventId === undefined || frame.events === null || frame.events.some(({ id }) => id === eventId)) return frame;
  try {
    const { event } = await staff.showEvent(eventId);
    return { ...frame, events: [...frame.events, event] };
  } catch {
    // Deleted meanwhile, or a store is away: the frame says so, and the event is not shown.
    return frame;
  }
}
