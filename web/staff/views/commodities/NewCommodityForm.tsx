import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.js';
import { CommandLine } from '../../components/CommandLine.js';
import { Failure } from '../../components/Failure.js';
import { TextArea } from '../../components/TextArea.js';
import { TextField } from '../../components/TextField.js';
import { useDesk } from '../../desk/useDesk.js';
import { useSubmit } from '../../desk/useSubmit.js';
import { commandLine } from '../../text/commandLine.js';
import { common } from '../../text/common.js';
import { commodityTexts as texts } from '../../text/commodities.js';
import { issuesOf } from '../../text/failureText.js';

export function NewCommodityForm({ onCreated }: { onCreated: () => void }) {
  const { api, say } = useDesk();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const { isBusy, failure, onSubmit } = useSubmit(async () => {
    const given = { name: name.trim(), ...(description.trim() === '' ? {} : { description: description.trim() }) };
    const { commodity } = await api.createCommodity(given);
    say(texts.created(commodity.name));
    setName('');
    setDescription('');
    onCreated();
  });
  const issues = issuesOf(failure);
  return (
    <form class="form" onSubmit={onSubmit}>
      <TextField
        label={texts.name}
        value={name}
        onInput={setName}
        error={issues.get('name')}
        isRequired
        lengthMax={200}
      />
      <TextArea
        label={`${texts.description} ${common.optional}`}
        hint={texts.descriptionHint}
        value={description}
        onInput={setDescription}
        error={issues.get('description')}
        lengthMax={5_000}
      />
      <CommandLine command={commandLine.createCommodity(name.trim() || 'NAME', description.trim())} />
      <Failure failure={failure} />
      <div class="buttons">
        <Button type="submit" kind="primary" isBusy={isBusy}>
          {texts.create}
        </Button>
      </div>
    </form>
  );
}
