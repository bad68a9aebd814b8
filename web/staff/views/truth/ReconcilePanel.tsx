import { useState } from 'preact/hooks';
import type { ReconcileChange, ReconcilePlan } from '../../../../src/domain/wire.js';
import { Button } from '../../components/Button.js';
import { DataTable } from '../../components/DataTable.js';
import { Failure } from '../../components/Failure.js';
import { Panel } from '../../components/Panel.js';
import { useDesk } from '../../desk/useDesk.js';
import { useSubmit } from '../../desk/useSubmit.js';
import { commandLine } from '../../text/commandLine.js';
import { common } from '../../text/common.js';
import { truthTexts } from '../../text/truth.js';

const { reconcile: texts } = truthTexts;

/** What a rebuild would change, and the rebuild. */
export function ReconcilePanel({ eventId, onReconciled }: { eventId: string; onReconciled: () => void }) {
  const desk = useDesk();
  const [plan, setPlan] = useState<ReconcilePlan>();
  const { isBusy, failure, onSubmit } = useSubmit(async () => {
    setPlan((await desk.api.planReconcile(eventId)).event);
  });
  const ask = (found: ReconcilePlan): void =>
    desk.ask({
      title: texts.ask(found.title),
      text: texts.note,
      changes: found.changes.map(({ what, before, after }) => ({
        label: texts.what[what],
        before: String(before),
        after: String(after),
      })),
      command: commandLine.reconcile(eventId, found.ok),
      confirm: texts.title,
      isDangerous: true,
      async run() {
        await desk.api.reconcile(eventId);
        setPlan(undefined);
        onReconciled();
        return texts.done;
      },
    });
  return (
    <Panel title={texts.title} note={texts.note}>
      <form class="form" onSubmit={onSubmit}>
        <div class="buttons">
          <Button type="submit" isBusy={isBusy}>
            {isBusy ? common.underWay : texts.look}
          </Button>
        </div>
        <Failure failure={failure} />
        <div role="status">
          {plan !== undefined && (
            <p class={`verdict ${plan.ok ? 'good' : 'bad'}`}>{plan.ok ? texts.same : texts.differs}</p>
          )}
        </div>
        {plan !== undefined && plan.changes.length > 0 && (
          <DataTable<ReconcileChange>
            caption={texts.title}
            rows={plan.changes}
            keyOf={({ what }) => what}
            columns={[
              { name: 'what', heading: common.change, cell: ({ what }) => texts.what[what] },
              { name: 'before', heading: common.before, cell: ({ before }) => before, isNumber: true },
              { name: 'after', heading: common.after, cell: ({ after }) => after, isNumber: true },
              { name: 'ids', heading: texts.ids, cell: ({ ids }) => ids.join(', ') },
            ]}
          />
        )}
        {plan !== undefined && desk.may('operator') && (
          <div class="buttons">
            <Button kind="danger" onPress={() => ask(plan)}>
              {plan.ok ? texts.force : texts.run}
            </Button>
          </div>
        )}
      </form>
    </Panel>
  );
}
