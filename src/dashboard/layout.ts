/** Lines for each part of the overview, their heads included and their titles not; 0 for what is left out. */
export interface Layout {
  /** Two columns side by side instead of parts below each other. */
  isWide: boolean;
  leftColumns: number;
  rightColumns: number;
  alertRows: number;
  eventRows: number;
  processRows: number;
  logRows: number;
  /** Of answers a second, on the left of a wide screen. */
  rateChartRows: number;
  /** Of latency and of the queue, on the right of a wide screen: each so many. */
  systemChartRows: number;
}

export interface Wanted {
  alerts: number;
  events: number;
  processes: number;
  log: number;
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
/** Lower ones say no more than the bars beside the counts. */
const CHART_ROWS_MIN = 4;
const CHART_ROWS_MAX = 14;
const LOG_ROWS_MIN = 3;
const LOG_ROWS_PRINTED = 10;

/**
 * Shares the lines of a terminal among the parts of the overview, so that together they never have more. What is short gets all
 * it wants; what is long shares the rest.
 *
 * @param rows undefined: as many as there is to show
 */
export function planLayout({ columns, rows }: { columns: number; rows: number | undefined }, wanted: Wanted): Layout {
  const isWide = columns >= WIDE_COLUMNS_MIN;
  const leftColumns = isWide ? Math.round(columns * 0.62) : Math.round((columns - 1) * 0.52);
  const halves = { isWide, leftColumns, rightColumns: columns - leftColumns - 1, rateChartRows: 0, systemChartRows: 0 };
  const events = wanted.events + 1;
  if (rows === undefined) {
    const logRows = Math.min(LOG_ROWS_PRINTED, wanted.log);
    return { ...halves, alertRows: wanted.alerts, eventRows: events, processRows: wanted.processes, logRows };
  }
  const alertRows = Math.max(1, Math.min(wanted.alerts, rows < 30 ? 2 : ALERTS_MAX));
  const body = rows - HEADER_AND_FOOTER - alertRows;
  const parts = isWide ? planWide(body, events, wanted) : planNarrow(body, events, wanted);
  return { ...halves, alertRows, ...parts };
}

type Parts = Pick<Layout, 'eventRows' | 'processRows' | 'logRows'> & Partial<Layout>;

/** Events, answers, their chart and the log on the left; the system, its processes and its charts on the right. */
function planWide(body: number, events: number, { processes, log }: Wanted): Parts {
  const left = body - TITLE - (TITLE + FUNNEL_ROWS);
  const eventRows = Math.max(2, Math.min(events, left - TITLE - LOG_ROWS_MIN));
  const below = Math.max(0, left - eventRows);
  const logWanted = Math.max(LOG_ROWS_MIN, Math.min(log, Math.floor(below / 2)));
  const chart = Math.min(CHART_ROWS_MAX, below - logWanted - 2 * TITLE);
  const rateChartRows = chart >= CHART_ROWS_MIN ? chart : 0;
  const logRows = Math.max(0, below - TITLE - (rateChartRows === 0 ? 0 : rateChartRows + TITLE));
  const right = body - (TITLE + SYSTEM_ROWS_WIDE) - TITLE;
  const processRows = Math.max(1, Math.min(processes, right));
  const half = Math.min(CHART_ROWS_MAX, Math.floor((right - processRows) / 2) - TITLE);
  return { eventRows, logRows, rateChartRows, processRows, systemChartRows: half >= CHART_ROWS_MIN ? half : 0 };
}

/** Events, then answers and the system side by side, then the log. */
function planNarrow(body: number, events: number, { processes }: Wanted): Parts {
  const free = body - TITLE - Math.max(FUNNEL_ROWS, SYSTEM_ROWS_NARROW + SERVICES);
  // A taller terminal shows each process instead of each service.
  const spare = Math.max(0, free - events - TITLE - LOG_ROWS_MIN);
  const more = Math.min(spare, Math.max(0, processes - SERVICES));
  const left = free - more;
  const log = left >= 6 ? TITLE + LOG_ROWS_MIN : 0;
  const eventRows = Math.max(2, Math.min(events, left - log));
  return { eventRows, processRows: SERVICES + more, logRows: Math.max(0, left - eventRows - TITLE) };
}
