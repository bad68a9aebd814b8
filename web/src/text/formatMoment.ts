import { locale as pageLocale } from './language.js';

const DAY_MS = 86_400_000;

/** When something is, by this browser's time zone and in the language of the page: the time of day, and the day unless it is within a day from now. */
export function formatMoment(iso: string, nowMs: number, locale = pageLocale): string {
  const ms = Date.parse(iso);
  const isNear = Math.abs(ms - nowMs) < DAY_MS && new Date(ms).getDate() === new Date(nowMs).getDate();
  const day = isNear ? {} : ({ weekday: 'short', day: 'numeric', month: 'short' } as const);
  return new Intl.DateTimeFormat(locale, { ...day, hour: '2-digit', minute: '2-digit' }).format(ms);
}
