import { inLanguage, locale } from '../../src/text/language.js';

const numbers = new Intl.NumberFormat(locale);
const shortNumbers = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
const spans = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const timesOfDay = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
const zoneNames = new Intl.DateTimeFormat(locale, { timeZoneName: 'long' });

const units = inLanguage({
  en: { day: 'd', hour: 'h', minute: 'min', second: 's', ms: 'ms', perSecond: '/s', mega: 'MB' },
  zh: { day: '天', hour: '小时', minute: '分', second: '秒', ms: '毫秒', perSecond: '/秒', mega: 'MB' },
});

export const none = '–';

export function number(value: number | null | undefined): string {
  return value === null || value === undefined ? none : numbers.format(value);
}

/** Three digits are as many as one reads off a moving number. */
export function rate(value: number | null | undefined): string {
  return value === null || value === undefined ? none : `${shortNumbers.format(value)} ${units.perSecond}`;
}

export function latency(ms: number | null | undefined): string {
  return ms === null || ms === undefined ? none : `${shortNumbers.format(ms)} ${units.ms}`;
}

export function percent(share: number): string {
  return percents.format(share);
}

export function megabytes(bytes: number): string {
  return `${numbers.format(Math.round(bytes / 1e6))} ${units.mega}`;
}

/** By this browser's time zone, to the second. */
export function moment(iso: string | null | undefined): string {
  return iso === null || iso === undefined ? none : moments.format(Date.parse(iso));
}

/** From when to when; what both have in common is said once. */
export function span(startIso: string, endIso: string): string {
  return spans.formatRange(Date.parse(startIso), Date.parse(endIso));
}

export function timeOfDay(ms: number): string {
  return timesOfDay.format(ms);
}

/** `Central European Standard Time (Europe/Berlin)`: of which zone times are meant that name none. */
export function zoneName(atMs: number): string {
  const long = zoneNames.formatToParts(atMs).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return `${long} (${zoneNames.resolvedOptions().timeZone})`;
}

/** 5400 → `1 h 30 min` */
export function duration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), units.day],
    [Math.floor((seconds % 86_400) / 3_600), units.hour],
    [Math.floor((seconds % 3_600) / 60), units.minute],
    [seconds % 60, units.second],
  ] as const;
  const shown = parts.filter(([value]) => value > 0).map(([value, unit]) => `${value} ${unit}`);
  return shown.length === 0 ? `0 ${units.second}` : shown.join(' ');
}
