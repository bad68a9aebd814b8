import type { LiveQueueView } from '../../../../src/domain/wire/live.js';
import { DataTable } from '../../components/DataTable.js';
import { Panel } from '../../components/Panel.js';
import { latency, number } from '../../text/format.js';
import { liveTexts } from '../../text/live.js';

export function QueuesPanel({ queues }: { queues: LiveQueueView[] | null }) {
  return (
    <Panel title={liveTexts.queues} isWide>
      <DataTable
        caption={liveTexts.queues}
        isCompact
        rows={queues ?? []}
        keyOf={({ name }) => name}
        empty={liveTexts.unseen}
        columns={[
          {
            name: 'name',
            heading: liveTexts.queues,
            cell: ({ name, role }) => (
              <>
                {liveTexts.queueNames[role]}
                <small>{name}</small>
              </>
            ),
          },
          { name: 'ready', heading: liveTexts.ready, cell: ({ ready }) => number(ready), isNumber: true },
          { name: 'unacked', heading: liveTexts.unacked, cell: ({ unacked }) => number(unacked), isNumber: true },
          {
            name: 'consumers',
            heading: liveTexts.consumers,
            cell: ({ consumers }) => number(consumers),
            isNumber: true,
          },
          { name: 'oldest', heading: liveTexts.oldest, cell: (queue) => latency(queue.oldestAgeMs), isNumber: true },
        ]}
      />
    </Panel>
  );
}
