import { setTimeout as sleep } from 'node:timers/promises';
import { createShopClient } from '../../client/createShopClient.js';
import { createStaffClient, type StaffClient } from '../../client/createStaffClient.js';
import { ServiceRefusal } from '../../client/errors.js';
import type { ErrorCode } from '../../domain/errorCatalogue.js';
import type { StaffEventView } from '../../domain/wire.js';

const DEMO_TITLE = 'Demo sale';
const DEMO_COMMODITY = 'Demo headphones';
const DEMO_STOCK = 100;
const DEMO_PRICE_CENTS = 4_999;
const DEMO_DURATION_MS = 7 * 86_400_000;
const DEMO_PAYMENT_WINDOW_SECONDS = 900;
/** The demo is among the newest events, or it is over. */
const EVENTS_LOOKED_AT = 100;
/** Far beyond what a rebuild takes with all stores there; past it the event is shown as it is. */
const REBUILD_DEADLINE_MS = 20_000;
const POLL_MS = 200;

export interface Demo {
  event: StaffEventView;
  /** Whether the event was made by this call. */
  eventIsNew: boolean;
  /** False when the shopper exists with another password than ours. */
  shopperCanLogIn: boolean;
}

/** Makes sure that there are a sale event that can be bought in and a shopper who can buy; what is there is kept. */
export async function ensureDemo(options: {
  ingressUrl: string;
  token: string;
  shopper: { phone: string; password: string };
}): Promise<Demo> {
  const { ingressUrl, token, shopper } = options;
  const staff = createStaffClient({ url: ingressUrl, token });
  try {
    const shopperCanLogIn = await ensureShopper(ingressUrl, shopper);
    const known = await findDemo(staff);
    const event = await whenInStock(staff, known ?? (await createDemo(staff)));
    return { event, eventIsNew: known === undefined, shopperCanLogIn };
  } finally {
    await staff.close();
  }
}

async function ensureShopper(url: string, { phone, password }: { phone: string; password: string }): Promise<boolean> {
  const shop = createShopClient({ url });
  try {
    if (await succeeds(shop.login(phone, password), 'BAD_CREDENTIALS')) return true;
    const shopper = { phone, password, name: 'Demo shopper', birthDate: '1990-01-01', workStatus: 'employed' };
    return await succeeds(shop.register(shopper), 'PHONE_TAKEN');
  } finally {
    await shop.close();
  }
}

/** False when the service refuses with exactly this code; any other failure is thrown. */
async function succeeds(call: Promise<unknown>, refusal: ErrorCode): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof ServiceRefusal && error.code === refusal) return false;
    throw error;
  }
}

async function findDemo(staff: StaffClient): Promise<StaffEventView | undefined> {
  const { events } = await staff.listEvents({ limit: EVENTS_LOOKED_AT });
  return events.find((event) => event.title === DEMO_TITLE && ['open', 'paused'].includes(event.state));
}

/** After a start the stock is rebuilt before anything is sold; whoever is told "it runs" can buy. */
async function whenInStock(staff: StaffClient, event: StaffEventView): Promise<StaffEventView> {
  const deadline = performance.now() + REBUILD_DEADLINE_MS;
  let current = event;
  while (current.available === null && performance.now() < deadline) {
    await sleep(POLL_MS);
    current = (await staff.showEvent(event.id)).event;
  }
  return current;
}

async function createDemo(staff: StaffClient): Promise<StaffEventView> {
  const { commodities } = await staff.listCommodities();
  const commodity =
    commodities.find(({ name }) => name === DEMO_COMMODITY) ??
    (await staff.createCommodity(DEMO_COMMODITY, 'What the demo sells. Nothing is delivered.')).commodity;
  const now = Date.now();
  const { event } = await staff.createEvent({
    title: DEMO_TITLE,
    commodityId: commodity.id,
    priceCents: DEMO_PRICE_CENTS,
    quantity: DEMO_STOCK,
    startsAt: new Date(now).toISOString(),
    endsAt: new Date(now + DEMO_DURATION_MS).toISOString(),
    paymentWindowSeconds: DEMO_PAYMENT_WINDOW_SECONDS,
  });
  return event;
}
