import type {
  ChangedEventAnswer,
  DeletedAnswer,
  EventChange,
  EventDraftAnswer,
  NewEvent,
  Page,
  StaffEventAnswer,
  StaffEventsAnswer,
  SwitchedEventAnswer,
  WarmEventAnswer,
} from '../answers.js';
import { dryRunQuery, part, type Calls } from './calls.js';
import { AUDIT_TIMEOUT_MS } from './truth.js';

export function eventCalls({ get, send }: Calls) {
  return {
    /** @param filter `key`: only the event of this key */
    listEvents: (filter: Page & { key?: string } = {}) => get<StaffEventsAnswer>('/spike/all', { ...filter }),
    showEvent: (id: string) => get<StaffEventAnswer>(`/spike/${part(id)}`),
    createEvent: (event: NewEvent) => send<StaffEventAnswer>('POST', '/spike/add', event),
    /** Whether an event like this could be made, and what it would be. */
    checkEvent: (event: Omit<NewEvent, 'commodityId'> & { commodityId?: string }) =>
      send<EventDraftAnswer>('POST', '/spike/check', event),
    /** @param options.dryRun only says what would change */
    changeEvent: (id: string, change: EventChange, { dryRun = false } = {}) =>
      send<ChangedEventAnswer>('PUT', `/spike/${part(id)}${dryRunQuery(dryRun)}`, change),
    /** @param change `by`: units to add, or to take when below zero; `quantity`: how many there are to be */
    restockEvent: (id: string, change: { by: number } | { quantity: number }) =>
      send<StaffEventAnswer>('POST', `/spike/${part(id)}/restock`, change),
    /** @param options.dryRun only says whether it could be deleted */
    deleteEvent: (id: string, { dryRun = false } = {}) =>
      send<DeletedAnswer>('DELETE', `/spike/${part(id)}${dryRunQuery(dryRun)}`),
    /** Brings to Redis what a sale needs there, and checks it. */
    warmEvent: (id: string) =>
      send<WarmEventAnswer>('POST', `/spike/${part(id)}/warm`, undefined, { answerTimeoutMs: AUDIT_TIMEOUT_MS }),
    pauseEvent: (id: string) => send<SwitchedEventAnswer>('POST', `/spike/${part(id)}/pause`),
    resumeEvent: (id: string) => send<SwitchedEventAnswer>('POST', `/spike/${part(id)}/resume`),
    closeEvent: (id: string) => send<SwitchedEventAnswer>('POST', `/spike/${part(id)}/close`),
  };
}
