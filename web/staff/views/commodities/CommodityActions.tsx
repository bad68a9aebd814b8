import { useState } from 'preact/hooks';
import type { CommodityView } from '../../../../src/domain/wire.js';
import { Button } from '../../components/Button.js';
import { useDesk } from '../../desk/useDesk.js';
import { commandLine } from '../../text/commandLine.js';
import { commodityTexts as texts } from '../../text/commodities.js';
import { EditCommodityDialog } from './EditCommodityDialog.js';

export function CommodityActions({ commodity, onChanged }: { commodity: CommodityView; onChanged: () => void }) {
  const desk = useDesk();
  const [isOpen, setOpen] = useState(false);
  const { id, name } = commodity;
  const askDelete = (): void =>
    desk.ask({
      title: texts.deleteTitle(name),
      text: texts.deleteText,
      command: commandLine.deleteCommodity(id),
      confirm: texts.deleteConfirm,
      isDangerous: true,
      async run() {
        await desk.api.deleteCommodity(id);
        onChanged();
        return texts.deleted(name);
      },
    });
  return (
    <div class="actions">
      <Button kind="quiet" label={`${texts.edit} ${name}`} onPress={() => setOpen(true)}>
        {texts.edit}
      </Button>
      <Button kind="danger" label={`${texts.delete} ${name}`} onPress={askDelete}>
        {texts.delete}
      </Button>
      {isOpen && <EditCommodityDialog commodity={commodity} onClose={() => setOpen(false)} onChanged={onChanged} />}
    </div>
  );
}
