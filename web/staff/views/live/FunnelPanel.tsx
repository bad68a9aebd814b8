import type { Outcomes } from '../../../../src/domain/wire.js';
import type { LiveEventView } from '../../../../src/domain/wire/live.js';
import { DataTable } from '../../components/DataTable.js';
import { Panel } from '../../components/Panel.js';
import { number, percent, rate } from '../../text/format.js';
import { liveTexts } from '../../text/live.js';

const kinds = Object.keys(liveTexts.outcomes) as (keyof Outcomes)[];

/** What buyers were answered, by kind: since the start, and lately. */
export function FunnelPanel({ event }: { event: LiveEventView }) {
  const { outcomes, rates } = event;
  const total = outcomes === null ? 0 : kinds.reduce((sum, kind) => sum + outcomes[kind], 0);
  return (
    <Panel title={liveTexts.funnel}>
      <DataTable
        caption={liveTexts.funnel}
        isCompact
        rows={outcomes === null ? [] : kinds}
        keyOf={(kind) => kind}
        empty={liveTexts.unseen}
        columns={[
          { name: 'kind', heading: liveTexts.outcome, cell: (kind) => liveTexts.outcomes[kind] },
          {
            name: 'total',
            heading: liveTexts.total,
            isNumber: true,
            cell: (kind) => (
              <>
                {number(outcomes?.[kind])}
                {total > 0 && <small>{percent((outcomes?.[kind] ?? 0) / total)}</small>}
              </>
            ),
          },
          ...(rates ?? []).map(({ windowSeconds, perSecond }) => ({
            name: `rate${windowSeconds}`,
            heading: liveTexts.perSecond(windowSeconds),
            isNumber: true,
            cell: (kind: keyof Outcomes) => rate(perSecond[kind]),
          })),
        ]}
      />
    </Panel>
  );
}
