import type { LiveEventView } from '../../../../src/domain/wire/live.js';
import { formatPrice } from '../../../src/text/formatPrice.js';
import { Facts } from '../../components/Facts.js';
import { Moment } from '../../components/Moment.js';
import { Panel } from '../../components/Panel.js';
import { describeRule } from '../../rule/describeRule.js';
import { detailTexts } from '../../text/details.js';
import { eventFormTexts } from '../../text/eventForm.js';
import { eventTexts } from '../../text/events.js';
import { duration, number, zoneName } from '../../text/format.js';
import { href } from '../../place/place.js';

/** What the event is. */
export function DetailsPanel({ event }: { event: LiveEventView }) {
  const { fields, names } = eventFormTexts;
  return (
    <Panel title={eventTexts.tabs.details} note={zoneName(Date.parse(event.startsAt))}>
      <Facts
        facts={[
          [detailTexts.id, event.id],
          [fields.key, event.key],
          [fields.commodity, `${event.commodity.name} (${event.commodity.id})`],
          [names.priceCents, formatPrice(event.priceCents)],
          [fields.quantity, number(event.quantity)],
          [names.purchaseLimit, number(event.purchaseLimit)],
          [names.startsAt, <Moment key="starts" at={event.startsAt} />],
          [names.endsAt, <Moment key="ends" at={event.endsAt} />],
          [names.paymentWindowSeconds, duration(event.paymentWindowSeconds)],
          [names.rule, describeRule(event.rule)],
          [detailTexts.ruleVersion, number(event.ruleVersion)],
          [detailTexts.fence, event.fence],
          [detailTexts.createdAt, <Moment key="created" at={event.createdAt} />],
          [detailTexts.updatedAt, <Moment key="updated" at={event.updatedAt} />],
          [
            eventTexts.orders,
            <a key="orders" href={href(['orders'], { event: event.id })}>
              {detailTexts.seeOrders}
            </a>,
          ],
        ]}
      />
    </Panel>
  );
}
