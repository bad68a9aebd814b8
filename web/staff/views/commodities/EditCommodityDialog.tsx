import { useState } from 'preact/hooks';
import type { CommodityView } from '../../../../src/domain/wire.js';
import { FormDialog } from '../../components/FormDialog.js';
import { TextArea } from '../../components/TextArea.js';
import { TextField } from '../../components/TextField.js';
import { useDesk } from '../../desk/useDesk.js';
import { useSubmit } from '../../desk/useSubmit.js';
import { commandLine } from '../../text/commandLine.js';
import { common } from '../../text/common.js';
import { commodityTexts as texts } from '../../text/commodities.js';
import { issuesOf } from '../../text/failureText.js';

interface EditCommodityDialogProps {
  commodity: CommodityView;
  onClose: () => void;
  onChanged: () => void;
}

export function EditCommodityDialog({ commodity, onClose, onChanged }: EditCommodityDialogProps) {
  const { api, say } = useDesk();
  const [name, setName] = useState(commodity.name);
  const [description, setDescription] = useState(commodity.description ?? '');
  const change = {
    ...(name.trim() === commodity.name ? {} : { name: name.trim() }),
    ...(description.trim() === (commodity.description ?? '') ? {} : { description: description.trim() || null }),
  };
  const { isBusy, failure, onSubmit } = useSubmit(async () => {
    if (Object.keys(change).length === 0) return say(texts.same);
    await api.changeCommodity(commodity.id, change);
    say(texts.saved);
    onChanged();
    onClose();
  });
  const issues = issuesOf(failure);
  return (
    <FormDialog
      title={texts.editTitle(commodity.name)}
      command={commandLine.changeCommodity(commodity.id, change)}
      confirm={common.save}
      isBusy={isBusy}
      failure={failure}
      onSubmit={onSubmit}
      onClose={onClose}
    >
      <TextField
        label={texts.name}
        value={name}
        onInput={setName}
        error={issues.get('name')}
        isRequired
        lengthMax={200}
      />
      <TextArea
        label={texts.description}
        hint={texts.descriptionHint}
        value={description}
        onInput={setDescription}
        error={issues.get('description')}
        lengthMax={5_000}
      />
    </FormDialog>
  );
}
