import type { StaffOrderAnswer } from '../../../../src/client/answers.js';
import type { OrderView } from '../../../../src/domain/wire.js';
import { formatPrice } from '../../../src/text/formatPrice.js';
import { Button } from '../../components/Button.js';
import { useDesk } from '../../desk/useDesk.js';
import { commandLine } from '../../text/commandLine.js';
import { number } from '../../text/format.js';
import { orderTexts as texts } from '../../text/orders.js';

interface OrderActionsProps {
  order: OrderView;
  onEnded: (answer: StaffOrderAnswer) => void;
}

/** An order that is not paid can be cancelled, one that is paid refunded. */
export function OrderActions({ order, onEnded }: OrderActionsProps) {
  const desk = useDesk();
  if (!desk.may('operator')) return null;
  const how = order.state === 'ordered' ? 'cancel' : order.state === 'paid' ? 'refund' : undefined;
  if (how === undefined) return null;
  const said = texts[how];
  const ask = (): void =>
    desk.ask({
      title: said.title(order.id),
      text: said.text,
      changes: [
        {
          label: texts.state,
          before: texts.states[order.state],
          after: texts.states[how === 'cancel' ? 'cancelled' : 'refunded'],
        },
        { label: texts.units, before: number(order.quantity), after: number(0) },
        { label: texts.total, before: formatPrice(order.priceCents * order.quantity), after: formatPrice(0) },
      ],
      command: commandLine.endOrder(how, order.id),
      confirm: said.confirm,
      isDangerous: true,
      reason: 'optional',
      async run(reason) {
        onEnded(await desk.api.endOrder(order.id, how, reason || undefined));
        return said.done;
      },
    });
  return (
    <Button kind="danger" onPress={ask}>
      {said.label}
    </Button>
  );
}
