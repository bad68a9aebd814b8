import type { CommodityView } from '../../../../src/domain/wire.js';
import { DataTable } from '../../components/DataTable.js';
import { Moment } from '../../components/Moment.js';
import { Page } from '../../components/Page.js';
import { Panel } from '../../components/Panel.js';
import { useDesk } from '../../desk/useDesk.js';
import { usePages } from '../../desk/usePages.js';
import { commodityTexts as texts } from '../../text/commodities.js';
import { none } from '../../text/format.js';
import { CommodityActions } from './CommodityActions.js';
import { NewCommodityForm } from './NewCommodityForm.js';

/** What events sell. */
export function CommoditiesPage() {
  const { api, may } = useDesk();
  const list = usePages<CommodityView>(async (cursor) => {
    const { commodities, next } = await api.listCommodities({ limit: 50, cursor });
    return { rows: commodities, next };
  }, []);
  const mayChange = may('operator');
  const actions = {
    name: 'actions',
    heading: texts.actions,
    cell: (commodity: CommodityView) => <CommodityActions commodity={commodity} onChanged={list.reload} />,
    isWord: true,
  };
  return (
    <Page title={texts.title}>
      <p class="note">{texts.note}</p>
      <DataTable<CommodityView>
        caption={texts.title}
        rows={list.rows}
        keyOf={({ id }) => id}
        empty={texts.empty}
        isKnown={list.isKnown}
        failure={list.failure}
        onRetry={list.reload}
        more={list.more}
        columns={[
          { name: 'id', heading: texts.id, cell: ({ id }) => id, isWord: true },
          { name: 'name', heading: texts.name, cell: ({ name }) => <strong>{name}</strong> },
          { name: 'description', heading: texts.description, cell: ({ description }) => description ?? none },
          { name: 'updated', heading: texts.updated, cell: ({ updatedAt }) => <Moment at={updatedAt} /> },
          ...(mayChange ? [actions] : []),
        ]}
      />
      {mayChange && (
        <Panel title={texts.new}>
          <NewCommodityForm onCreated={list.reload} />
        </Panel>
      )}
    </Page>
  );
}
