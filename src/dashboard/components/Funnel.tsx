import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { sumOf } from '../../cli/events/funnelText.js';
import type { Outcomes } from '../../domain/wire.js';
import type { LiveEventView } from '../../domain/wire/live.js';
import { recentRates } from '../rates.js';
import type { RateSample } from '../state/history.js';
import { countText, fit, rateText } from '../text.js';
import { Line, type Cell } from './Line.js';
import { sparkText } from '../sparkText.js';

const colors: Readonly<Record<keyof Outcomes, Exclude<Cell['color'], 'magenta'>>> = {
  accepted: 'green',
  pending: 'green',
  soldOut: 'cyan',
  alreadyOrdered: 'cyan',
  limited: 'cyan',
  notEligible: 'cyan',
  overloaded: 'yellow',
  error: 'red',
};

const WIDTHS = { name: 14, total: 7, share: 6, rate: 7 };
/** Below this there is no room for the shares. */
const SHARE_COLUMNS_MIN = 52;

/** How purchases of an event were answered: counts, shares, answers a second over ten seconds, and the seconds before as bars. */
export function Funnel(props: {
  event: LiveEventView | undefined;
  samples: readonly RateSample[];
  columns: number;
}): ReactElement {
  const { event, samples, columns } = props;
  if (event === undefined) return <Text dimColor> No event</Text>;
  const { outcomes } = event;
  if (outcomes === null) return <Text color="yellow"> unknown: Redis does not answer</Text>;
  const recent = recentRates(event);
  const total = sumOf(outcomes);
  const hasShares = columns >= SHARE_COLUMNS_MIN;
  const sparkColumns = columns - WIDTHS.name - WIDTHS.total - WIDTHS.rate - (hasShares ? WIDTHS.share + 1 : 0) - 4;
  const line = (
    name: string,
    count: number,
    rate: number | undefined,
    bars: readonly number[],
    color: Cell['color'],
  ) => {
    const isDim = count === 0;
    return (
      <Line
        key={name}
        cells={[
          { text: ` ${name}`, columns: WIDTHS.name + 1, isDim },
          { text: countText(count), columns: WIDTHS.total, align: 'right', isDim, isBold: !isDim },
          hasShares ? { text: shareText(count, total), columns: WIDTHS.share, align: 'right', isDim } : undefined,
          { text: rateText(rate), columns: WIDTHS.rate, align: 'right', isDim: rate === 0 },
          { text: fit(sparkText(bars, sparkColumns), sparkColumns), color, isDim },
        ]}
      />
    );
  };
  const names = Object.keys(colors) as (keyof Outcomes)[];
  return (
    <Box flexDirection="column" width={columns}>
      {names.map((name) =>
        line(
          name,
          outcomes[name],
          recent?.[name],
          samples.map((sample) => sample[name]),
          colors[name],
        ),
      )}
      {line('all', total, recent && sumOf(recent), samples.map(sumOf), undefined)}
    </Box>
  );
}

/** What is not nothing is never shown as 0 %. */
function shareText(count: number, total: number): string {
  if (total === 0) return '';
  const percent = (count / total) * 100;
  return percent > 0 && percent < 0.1 ? '<0.1 %' : `${percent.toFixed(percent >= 99.95 ? 0 : 1)} %`;
}
