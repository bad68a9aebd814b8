/** Lines for each part of the overview. */
export interface Layout {
  /** Two columns side by side instead of parts below each other. */
  isWide: boolean;
  leftColumns: number;
  rightColumns: number;
  alertRows: number;
  /** Its head included. */
  eventRows: number;
  processRows: number;
  logRows: number;
}

/** Below this a screen shows nothing that could be read. */
export const COLUMNS_MIN = 60;
export const ROWS_MIN = 18;
/** From here on two columns have room for what they show. */
const WIDE_COLUMNS_MIN = 120;

/** Eight outcomes and their sum. */
const FUNNEL_ROWS = 9;
const TITLE = 1;
const HEADER_AND_FOOTER = 2;
/** Latency, two queues, the stores in one line. */
const SYSTEM_ROWS_NARROW = 4;
/** The same with a line for each of the three stores. */
const SYSTEM_ROWS_WIDE = 6;
const ALERTS_MAX = 6;
/** Services, when their processes share a line. */
const SERVICES = 5;

/**
 * Shares the lines of a terminal among the parts of the overview, so that together they never have more. What is short gets all
 * it wants; what is long shares the rest.
 *
 * @param rows undefined: as many as there is to show
 */
export function planLayout(
  { columns, rows }: { columns: number; rows: number | undefined },
  wanted: { alerts: number; events: number; processes: number; log: number },
): Layout {
  const isWide = columns >= WIDE_COLUMNS_MIN;
  const leftColumns = isWide ? Math.round(columns * 0.62) : Math.round((columns - 1) * 0.52);
  const halves = { isWide, leftColumns, rightColumns: columns - leftColumns - 1 };
  const events = wanted.events + 1;
  if (rows === undefined) {
    const all = {
      alertRows: wanted.alerts,
      eventRows: events,
      processRows: wanted.processes,
      logRows: Math.min(10, wanted.log),
    };
    return { ...halves, ...all };
  }
  const alertRows = Math.max(1, Math.min(wanted.alerts, rows < 30 ? 2 : ALERTS_MAX));
  const body = rows - HEADER_AND_FOOTER - alertRows;
  if (isWide) {
    const free = body - TITLE - (TITLE + FUNNEL_ROWS);
    const eventRows = Math.max(2, Math.min(events, free - TITLE - 4));
    const processRows = body - (TITLE + SYSTEM_ROWS_WIDE) - TITLE;
    return { ...halves, alertRows, eventRows, processRows, logRows: Math.max(0, free - eventRows - TITLE) };
  }
  const middle = TITLE + Math.max(FUNNEL_ROWS, SYSTEM_ROWS_NARROW + SERVICES);
  const free = body - middle;
  const spare = Math.max(0, free - events - TITLE - 2);
  // A taller terminal shows each process instead of each service.
  const processRows = SERVICES + Math.min(spare, Math.max(0, wanted.processes - SERVICES));
  const taken = processRows - SERVICES;
  const eventRows = Math.max(2, Math.min(events, free - taken - (free - taken >= 6 ? TITLE + 2 : 0)));
  return { ...halves, alertRows, eventRows, processRows, logRows: Math.max(0, free - taken - eventRows - TITLE) };
}
