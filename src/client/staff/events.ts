import type { DeletedAnswer, EventChange, NewEvent, Page, StaffEventAnswer, StaffEventsAnswer } from '../answers.js';
import { part, type Calls } from './calls.js';

export function eventCalls({ get, send }: Calls) {
  return {
    listEvents: (page: Page = {}) => get<StaffEventsAnswer>('/spike/all', { ...page }),
    showEvent: (id: string) => get<StaffEventAnswer>(`/spike/${part(id)}`),
    createEvent: (event: NewEvent) => send<StaffEventAnswer>('POST', '/spike/add', event),
    changeEvent: (id: string, change: EventChange) => send<StaffEventAnswer>('PUT', `/spike/${part(id)}`, change),
    /** @param change `by`: units to add, or to take when below zero; `quantity`: how many there are to be */
    restockEvent: (id: string, change: { by: number } | { quantity: number }) =>
      send<StaffEventAnswer>('POST', `/spike/${part(id)}/restock`, change),
    deleteEvent: (id: string) => send<DeletedAnswer>('DELETE', `/spike/${part(id)}`),
    pauseEvent: (id: string) => send<StaffEventAnswer>('POST', `/spike/${part(id)}/pause`),
    resumeEvent: (id: string) => send<StaffEventAnswer>('POST', `/spike/${part(id)}/resume`),
    closeEvent: (id: string) => send<StaffEventAnswer>('POST', `/spike/${part(id)}/close`),
  };
}
