import type { EventChange, NewEvent } from '../../client/answers.js';
import type { StaffClient } from '../../client/createStaffClient.js';
import { ServiceRefusal } from '../../client/errors.js';
import { didYouMean } from '../../domain/didYouMean.js';
import type { InputIssue } from '../../domain/inputIssues.js';
import type { EventDraft } from '../../domain/wire/events.js';
import type { CommodityView, StaffEventView } from '../../domain/wire.js';
import { CliError } from '../errors.js';
import { matchCommodity } from '../findCommodity.js';
import { listCommodities } from '../listCommodities.js';
import { parseTime } from '../parseTime.js';
import { changeList, findDifferences, type Difference } from './changeText.js';
import { documentWishes, wishableFields } from './documentWishes.js';
import { documentError, placeOf, type PlacedDocument } from './readEventDocuments.js';

/** What is to be done about one document. */
export type ImportPlan =
  | { action: 'create'; event: Omit<NewEvent, 'commodityId'>; commodity: string; draft: EventDraft }
  | { action: 'unchanged'; event: StaffEventView };

export interface ImportOptions {
  /** The name of the file, for the messages. */
  file: string;
  /** Make the commodities that there are not. */
  createCommodity: boolean;
}

/**
 * Looks at every document before anything is made: whether an event like it could be made, and whether one of its key is there
 * already and is the same.
 *
 * @throws a usage error with every fault, or EVENT_DIFFERS when an event that is there is another
 */
export async function planImport(
  staff: StaffClient,
  documents: readonly PlacedDocument[],
  options: ImportOptions,
): Promise<ImportPlan[]> {
  const commodities = await listCommodities(staff);
  const verdicts: Verdict[] = [];
  for (const placed of documents) verdicts.push(await judge(staff, placed, commodities, options));
  const issues = [...findRepeatedKeys(documents), ...verdicts.flatMap((verdict) => verdict.issues ?? [])];
  if (issues.length > 0) throw documentError(options.file, issues);
  const plans = verdicts.flatMap(({ plan }) => plan ?? []);
  const differing = verdicts.filter(({ differences = [] }) => differences.length > 0);
  if (differing.length > 0) throw eventsDiffer(differing, options.file);
  return plans;
}

/** `issues`: what is wrong with the document; `differences`: how the event that is there is another. */
interface Verdict {
  plan?: ImportPlan;
  issues?: InputIssue[];
  differences?: Difference[];
}

async function judge(
  staff: StaffClient,
  placed: PlacedDocument,
  commodities: readonly CommodityView[],
  { createCommodity }: ImportOptions,
): Promise<Verdict> {
  const event = toNewEvent(placed);
  const commodity = matchCommodity(commodities, placed.document.commodity);
  const issues = commodity === undefined && !createCommodity ? [unknownCommodity(placed, commodities)] : [];
  const draft = await check(staff, placed, commodity === undefined ? event : { ...event, commodityId: commodity.id });
  if (Array.isArray(draft)) return { issues: [...issues, ...draft] };
  const known = await findByKey(staff, event.key);
  if (known !== undefined)
    return { plan: { action: 'unchanged', event: known }, issues, differences: differencesOf(placed, draft, known) };
  if (Date.parse(event.endsAt) <= Date.now())
    issues.push({ path: placeOf(placed.place, 'endsAt'), message: `the event would be over: ${event.endsAt}` });
  return { plan: { action: 'create', event, commodity: placed.document.commodity, draft }, issues };
}

function eventsDiffer(verdicts: readonly Verdict[], file: string): CliError {
  const lines = verdicts.flatMap(({ plan, differences = [] }) =>
    plan?.action === 'unchanged'
      ? [`Event ${plan.event.id} (key ${plan.event.key}) is there and differs: ${changeList(differences)}.`]
      : [],
  );
  const ids = verdicts.flatMap(({ plan }) => (plan?.action === 'unchanged' ? [plan.event.id] : []));
  const from = file === 'stdin' ? '-' : file;
  return new CliError('EVENT_DIFFERS', lines.join('\n'), {
    suggestions: ids.map((id) => `spikectl event update ${id} --from ${from}`),
  });
}

/** How the event that is there differs from the document. */
function differencesOf(placed: PlacedDocument, draft: EventDraft, event: StaffEventView): Difference[] {
  const { commodity, quantity } = placed.document;
  const isSameCommodity = matchCommodity([event.commodity], commodity) !== undefined;
  const wishes: EventChange = documentWishes(placed, event);
  const wanted = {
    ...wishes,
    // The service reads a rule into the form in which it keeps it.
    ...(wishes.rule === undefined ? {} : { rule: draft.rule }),
    quantity,
    commodity: isSameCommodity ? event.commodity.name : commodity,
  };
  const fields = { ...wishableFields(event), quantity: event.quantity, commodity: event.commodity.name };
  return findDifferences(fields, wanted);
}

async function findByKey(staff: StaffClient, key: string | undefined): Promise<StaffEventView | undefined> {
  if (key === undefined) return undefined;
  return (await staff.listEvents({ key, limit: 1 })).events[0];
}

/** As `event create` reads its flags: it starts now and lasts an hour, unless the document says otherwise. */
function toNewEvent({ place, document }: PlacedDocument): Omit<NewEvent, 'commodityId'> {
  const {
    commodity: _byName,
    startsAt = 'now',
    endsAt = '+1h',
    key,
    title,
    priceCents,
    quantity,
    ...others
  } = document;
  const nowMs = Date.now();
  const startMs = parseTime(startsAt, { name: placeOf(place, 'startsAt'), nowMs, relativeToMs: nowMs });
  const endMs = parseTime(endsAt, { name: placeOf(place, 'endsAt'), nowMs, relativeToMs: startMs });
  const { purchaseLimit, rule, paymentWindowSeconds, limits } = others;
  return {
    title,
    priceCents,
    quantity,
    startsAt: new Date(startMs).toISOString(),
    endsAt: new Date(endMs).toISOString(),
    ...(key === undefined ? {} : { key }),
    ...(purchaseLimit === undefined ? {} : { purchaseLimit }),
    ...(rule === undefined ? {} : { rule }),
    ...(paymentWindowSeconds === undefined ? {} : { paymentWindowSeconds }),
    ...(limits === undefined ? {} : { limits }),
  };
}

async function check(
  staff: StaffClient,
  { place }: PlacedDocument,
  event: Parameters<StaffClient['checkEvent']>[0],
): Promise<EventDraft | InputIssue[]> {
  try {
    return (await staff.checkEvent(event)).event;
  } catch (error) {
    if (!(error instanceof ServiceRefusal) || (error.code !== 'BAD_INPUT' && error.code !== 'BAD_RULE')) throw error;
    const issues = (error.answer.issues ?? []) as InputIssue[];
    const field = (path: string) => (error.code === 'BAD_RULE' ? `rule${path}` : path);
    return issues.map(({ path, message }) => ({ path: placeOf(place, field(path)), message }));
  }
}

function unknownCommodity({ place, document }: PlacedDocument, commodities: readonly CommodityView[]): InputIssue {
  const names = commodities.map(({ name }) => name);
  const meant = didYouMean(document.commodity, names);
  const message = `there is no commodity '${document.commodity}'${meant}; --create-commodity makes it`;
  return { path: placeOf(place, 'commodity'), message };
}

function findRepeatedKeys(documents: readonly PlacedDocument[]): InputIssue[] {
  const places = new Map<string, string>();
  return documents.flatMap(({ place, document: { key } }) => {
    if (key === undefined) return [];
    const earlier = places.get(key);
    if (earlier === undefined) {
      places.set(key, place);
      return [];
    }
    return [{ path: placeOf(place, 'key'), message: `is the key of ${earlier} too` }];
  });
}
