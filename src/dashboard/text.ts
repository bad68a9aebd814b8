import stringWidth from 'string-width';

/** Makes a text exactly so many columns wide: cut with an ellipsis, or filled up. */
export function fit(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  if (columns <= 0) return '';
  const cut = cutTo(printable(text), columns);
  const space = ' '.repeat(columns - stringWidth(cut));
  return align === 'left' ? cut + space : space + cut;
}

/** Titles and names are what somebody typed: a control character in one must not reach the terminal. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ');
}

function cutTo(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  let cut = '';
  for (const letter of text) {
    if (stringWidth(cut + letter) > columns - 1) break;
    cut += letter;
  }
  return `${cut}…`;
}

/** 1234567 → `1.23M`, at most five columns; null → `?`: what is not known is never 0. */
export function countText(count: number | null): string {
  if (count === null) return '?';
  if (count < 100_000) return String(count);
  if (count < 999_500) return `${Math.round(count / 1_000)}k`;
  return `${(count / 1e6).toPrecision(3)}M`;
}

/** 0.25 → `0.3/s`, 1234.5 → `1235/s`: a tenth matters where little happens. */
export function rateText(perSecond: number | undefined): string {
  if (perSecond === undefined) return '?/s';
  return `${perSecond < 10 ? Math.round(perSecond * 10) / 10 : countText(Math.round(perSecond))}/s`;
}

/** 0.4 → `0.4 ms`, 12.3 → `12 ms`, 2345 → `2.3 s`. */
export function latencyText(ms: number | null): string {
  if (ms === null) return '?';
  if (ms < 10) return `${Math.round(ms * 10) / 10} ms`;
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/** 75 s → `1:15`, 2 h → `2h00m`, 3 days → `3d04h`. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  const [minutes, hours, days] = [Math.floor(seconds / 60), Math.floor(seconds / 3_600), Math.floor(seconds / 86_400)];
  const two = (value: number) => String(value).padStart(2, '0');
  if (days > 0) return `${days}d${two(hours % 24)}h`;
  if (hours > 0) return `${hours}h${two(minutes % 60)}m`;
  return `${minutes}:${two(seconds % 60)}`;
}

export function memoryText(bytes: number): string {
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** `12:03:11` of an ISO time, UTC. */
export function clockText(at: string | number): string {
  return new Date(at).toISOString().slice(11, 19);
}
