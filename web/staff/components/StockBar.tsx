import { liveTexts } from '../text/live.js';
import { none, number } from '../text/format.js';

interface StockBarProps {
  stock: { quantity: number; available: number | null; pending: number | null; sold: number | null };
  /** Names and numbers below the bar. */
  hasLegend?: boolean;
}

const parts = ['sold', 'pending', 'available'] as const;

/** Where the units of an event are: quantity = available + pending + sold. */
export function StockBar({ stock, hasLegend }: StockBarProps) {
  const said = parts.map((part) => `${liveTexts.units[part]} ${number(stock[part])}`).join(', ');
  const total = Math.max(stock.quantity, 1);
  const starts = { sold: 0, pending: stock.sold ?? 0, available: (stock.sold ?? 0) + (stock.pending ?? 0) };
  return (
    <div class="stock">
      <svg
        class="stock-bar"
        viewBox={`0 0 ${total} 1`}
        preserveAspectRatio="none"
        role="img"
        aria-label={liveTexts.stockOf(said, number(stock.quantity))}
      >
        {parts.map((part) => (
          <rect key={part} class={part} x={starts[part]} y="0" width={Math.max(stock[part] ?? 0, 0)} height="1" />
        ))}
      </svg>
      {hasLegend === true ? (
        <ul class="stock-legend" aria-hidden="true">
          {parts.map((part) => (
            <li key={part} class={part}>
              <strong>{number(stock[part])}</strong> {liveTexts.units[part]}
              <small>{liveTexts.unitNotes[part]}</small>
            </li>
          ))}
        </ul>
      ) : (
        <span class="stock-text" aria-hidden="true">
          {stock.available === null ? none : number(stock.available)} / {number(stock.quantity)}
        </span>
      )}
    </div>
  );
}
