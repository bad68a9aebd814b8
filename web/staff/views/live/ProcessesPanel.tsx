import type { ProcessView } from '../../../../src/domain/wire/live.js';
import { DataTable } from '../../components/DataTable.js';
import { Panel } from '../../components/Panel.js';
import { latency, megabytes, number, percent } from '../../text/format.js';
import { liveTexts } from '../../text/live.js';

export function ProcessesPanel({ processes }: { processes: ProcessView[] | null }) {
  return (
    <Panel title={liveTexts.processes} isWide>
      <DataTable
        caption={liveTexts.processes}
        isCompact
        rows={processes ?? []}
        keyOf={({ service, instance, host, pid }) => `${service} ${instance} ${host} ${pid}`}
        empty={liveTexts.unseen}
        columns={[
          {
            name: 'service',
            heading: liveTexts.service,
            cell: ({ service, instance, host, pid }) => (
              <>
                {service} {instance}
                <small>
                  {host} · {pid}
                </small>
              </>
            ),
          },
          { name: 'cpu', heading: liveTexts.cpu, cell: ({ cpu }) => percent(cpu), isNumber: true },
          {
            name: 'memory',
            heading: liveTexts.memory,
            cell: ({ memoryBytes }) => megabytes(memoryBytes),
            isNumber: true,
          },
          {
            name: 'lag',
            heading: liveTexts.lag,
            cell: ({ eventLoopLagP99Ms }) => latency(eventLoopLagP99Ms),
            isNumber: true,
          },
          { name: 'restarts', heading: liveTexts.restarts, cell: ({ restarts }) => number(restarts), isNumber: true },
        ]}
      />
    </Panel>
  );
}
