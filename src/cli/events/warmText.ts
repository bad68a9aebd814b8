import type { WarmCheck } from '../../domain/wire/events.js';
import type { Paint } from '../style.js';

/** `✓ stock  100 = 100 available + 0 pending + 0 sold`, one line a check; below one that fails, what to do. */
export function warmText(checks: readonly WarmCheck[], paint: Paint): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  return checks
    .flatMap(({ name, ok, detail, next }) => [
      `${ok ? paint('green', '✓') : paint('red', '✗')} ${name.padEnd(width)}  ${detail}`,
      ...(next === null ? [] : [`  ${' '.repeat(width)}  ${next.startsWith('spikectl') ? `Try: ${next}` : next}`]),
    ])
    .join('\n');
}
