import { inLanguage, type Language } from './language.js';

const SECOND_MS = 1_000;
const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 86_400;

/** The one form that has words in it. */
export const formatDays: Readonly<Record<Language, (days: number, hours: number) => string>> = {
  en: (days, hours) => `${days} d ${hours} h`,
  zh: (days, hours) => `${days} 天 ${hours} 小时`,
};

/** What is left, rounded up to whole seconds, so that 0:00 means now: `6 d 23 h`, `3:04:05`, `4:05`. */
export function formatCountdown(ms: number, daysIn = inLanguage(formatDays)): string {
  const seconds = Math.max(0, Math.ceil(ms / SECOND_MS));
  const hours = Math.floor((seconds % DAY_SECONDS) / HOUR_SECONDS);
  if (seconds >= DAY_SECONDS) return daysIn(Math.floor(seconds / DAY_SECONDS), hours);
  const minutes = Math.floor((seconds % HOUR_SECONDS) / MINUTE_SECONDS);
  const rest = pad(seconds % MINUTE_SECONDS);
  return hours > 0 ? `${hours}:${pad(minutes)}:${rest}` : `${minutes}:${rest}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
