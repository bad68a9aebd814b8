import { locale } from './language.js';

const DAY_MS = 86_400_000;
const clock = { hour: '2-digit', minute: '2-digit' } as const;
// Made once: making one takes a hundred times as long as using it, and every countdown writes its page four times a second.
const timesOfDay = new Intl.DateTimeFormat(locale, clock);
const days = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', ...clock });

/** When something is, by this browser's time zone and in the language of the page: the time of day, and the day unless it is within a day from now. */
export function formatMoment(iso: string, nowMs: number): string {
  const ms = Date.parse(iso);
  const isNear = Math.abs(ms - nowMs) < DAY_MS && new Date(ms).getDate() === new Date(nowMs).getDate();
  return (isNear ? timesOfDay : days).format(ms);
}
