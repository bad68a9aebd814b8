import { query } from '../../../http/validate.js';
import type { AdminDeps } from '../adminDeps.js';
import type { Guards } from '../guards.js';
import { createChangeEvent } from './changeEvent.js';
import { createCheckEvent } from './checkEvent.js';
import { createCreateEvent } from './createEvent.js';
import { createDeleteEvent } from './deleteEvent.js';
import { createListEvents } from './listEvents.js';
import { createRestockEvent } from './restockEvent.js';
import {
  dryRunSchema,
  eventChangeSchema,
  eventDraftSchema,
  eventPageSchema,
  newEventSchema,
  restockSchema,
} from './schemas.js';
import { createShowEvent } from './showEvent.js';
import { createSwitchEvent } from './switchEvent.js';
import { createViewEvent } from './viewEvent.js';
import { createWarmEvent } from './warmEvent.js';

/** The sale events. */
export function registerEventRoutes({ viewer, operator, body }: Guards, deps: AdminDeps): void {
  const { stores, limits } = deps;
  const view = createViewEvent(stores, limits);

  viewer.get('/admin/spike/all', query(eventPageSchema), createListEvents(stores, view));
  viewer.get('/admin/spike/:id', createShowEvent(stores, view));
  operator.post('/admin/spike/add', body(newEventSchema), createCreateEvent(stores, view));
  operator.post('/admin/spike/check', body(eventDraftSchema), createCheckEvent(stores));
  operator.put('/admin/spike/:id', query(dryRunSchema), body(eventChangeSchema), createChangeEvent(stores, view));
  operator.post('/admin/spike/:id/restock', body(restockSchema), createRestockEvent(stores, view));
  operator.delete('/admin/spike/:id', query(dryRunSchema), createDeleteEvent(stores));
  operator.post('/admin/spike/:id/warm', createWarmEvent(deps, view));
  operator.post('/admin/spike/:id/pause', createSwitchEvent(stores, view, 'pause'));
  operator.post('/admin/spike/:id/resume', createSwitchEvent(stores, view, 'resume'));
  operator.post('/admin/spike/:id/close', createSwitchEvent(stores, view, 'close'));
}
