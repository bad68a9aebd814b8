import type { StoreView } from '../../../../src/domain/wire/live.js';
import { Chip } from '../../components/Chip.js';
import { DataTable } from '../../components/DataTable.js';
import { Panel } from '../../components/Panel.js';
import { latency, none } from '../../text/format.js';
import { liveTexts } from '../../text/live.js';

const names: Readonly<Record<StoreView['name'], string>> = { mysql: 'MySQL', redis: 'Redis', rabbitmq: 'RabbitMQ' };

export function StoresPanel({ stores }: { stores: StoreView[] }) {
  return (
    <Panel title={liveTexts.stores}>
      <DataTable
        caption={liveTexts.stores}
        isCompact
        rows={stores}
        keyOf={({ name }) => name}
        columns={[
          { name: 'name', heading: liveTexts.store, cell: ({ name }) => names[name] },
          {
            name: 'status',
            heading: liveTexts.statusHead,
            cell: ({ status }) => <Chip text={liveTexts.status[status]} tone={status === 'up' ? 'good' : 'bad'} />,
          },
          {
            name: 'latency',
            heading: liveTexts.answersIn,
            cell: ({ latencyMs }) => latency(latencyMs),
            isNumber: true,
          },
          { name: 'version', heading: liveTexts.version, cell: ({ version }) => version ?? none },
        ]}
      />
    </Panel>
  );
}
