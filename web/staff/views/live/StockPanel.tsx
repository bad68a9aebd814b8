import type { LiveEventView } from '../../../../src/domain/wire/live.js';
import { Countdown } from '../../components/Countdown.js';
import { Panel } from '../../components/Panel.js';
import { StockBar } from '../../components/StockBar.js';
import { Moment } from '../../components/Moment.js';
import { Facts } from '../../components/Facts.js';
import { eventTexts } from '../../text/events.js';
import { liveTexts } from '../../text/live.js';

/** Where the units are, and how long the sale goes on. */
export function StockPanel({ event }: { event: LiveEventView }) {
  const { times, startsAt, endsAt } = event;
  return (
    <Panel title={eventTexts.stock} actions={<Countdown startsAt={startsAt} endsAt={endsAt} />} isWide>
      <StockBar stock={event} hasLegend />
      {times.firstAcceptedAt !== null && (
        <Facts
          facts={[
            [liveTexts.firstAccepted, <Moment key="first" at={times.firstAcceptedAt} />],
            [liveTexts.lastAccepted, <Moment key="last" at={times.lastAcceptedAt} />],
          ]}
        />
      )}
    </Panel>
  );
}
