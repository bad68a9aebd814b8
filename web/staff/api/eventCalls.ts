import type {
  ChangedEventAnswer,
  CommoditiesAnswer,
  CommodityAnswer,
  CommodityChange,
  DeletedAnswer,
  EventChange,
  EventDraftAnswer,
  NewEvent,
  Page,
  StaffEventAnswer,
  StaffEventsAnswer,
  SwitchedEventAnswer,
  WarmEventAnswer,
} from '../../../src/client/answers.js';
import { part, type Caller } from './createCaller.js';

const WARM_TIMEOUT_MS = 60_000;

/** Sale events and what they sell. */
export function eventCalls({ get, send }: Caller) {
  return {
    listEvents: (page: Page = {}) => get<StaffEventsAnswer>('/spike/all', { ...page }),
    showEvent: (id: string) => get<StaffEventAnswer>(`/spike/${part(id)}`),
    createEvent: (event: NewEvent) => send<StaffEventAnswer>('POST', '/spike/add', event),
    /** Whether an event like this could be made, and what it would be. */
    checkEvent: (event: Omit<NewEvent, 'commodityId'> & { commodityId?: string }) =>
      send<EventDraftAnswer>('POST', '/spike/check', event),
    /** What a change would change. */
    planChange: (id: string, change: EventChange) =>
      send<ChangedEventAnswer>('PUT', `/spike/${part(id)}?dryRun=true`, change),
    changeEvent: (id: string, change: EventChange) => send<ChangedEventAnswer>('PUT', `/spike/${part(id)}`, change),
    switchEvent: (id: string, how: 'pause' | 'resume' | 'close') =>
      send<SwitchedEventAnswer>('POST', `/spike/${part(id)}/${how}`),
    restockEvent: (id: string, change: { by: number } | { quantity: number }) =>
      send<StaffEventAnswer>('POST', `/spike/${part(id)}/restock`, change),
    warmEvent: (id: string) => send<WarmEventAnswer>('POST', `/spike/${part(id)}/warm`, undefined, WARM_TIMEOUT_MS),
    deleteEvent: (id: string) => send<DeletedAnswer>('DELETE', `/spike/${part(id)}`),

    listCommodities: (page: Page = {}) => get<CommoditiesAnswer>('/commodities', { ...page }),
    createCommodity: (commodity: { name: string; description?: string }) =>
      send<CommodityAnswer>('POST', '/commodities', commodity),
    changeCommodity: (id: string, change: CommodityChange) =>
      send<CommodityAnswer>('PUT', `/commodities/${part(id)}`, change),
    deleteCommodity: (id: string) => send<DeletedAnswer>('DELETE', `/commodities/${part(id)}`),
  };
}
