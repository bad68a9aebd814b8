import type { FilterView } from '../../../../src/domain/wire/rules.js';
import { Button } from '../../components/Button.js';
import { TextArea } from '../../components/TextArea.js';
import { filterTitle } from '../../rule/describeRule.js';
import type { LinkDraft } from '../../rule/ruleDraft.js';
import type { SettingField } from '../../rule/settingFields.js';
import { common } from '../../text/common.js';
import { ruleTexts } from '../../text/rules.js';
import { SettingInput } from './SettingInput.js';

interface LinkEditorProps {
  link: LinkDraft;
  position: number;
  filter: FilterView | undefined;
  fields: readonly SettingField[] | undefined;
  issueAt: (place: string) => string | undefined;
  onChange: (link: LinkDraft) => void;
  onMoveUp: (() => void) | undefined;
  onMoveDown: (() => void) | undefined;
  onRemove: () => void;
}

/** One link of a rule: what its filter asks for, and its place in the chain. */
export function LinkEditor(props: LinkEditorProps) {
  const { link, position, filter, fields = [], issueAt, onChange, onMoveUp, onMoveDown, onRemove } = props;
  const title = filterTitle(link.name);
  const note = ruleTexts.filters[link.name]?.note;
  const set = (path: string, value: string) => onChange({ ...link, values: { ...link.values, [path]: value } });
  return (
    <fieldset class="rule-link">
      <legend>{ruleTexts.link(position, title)}</legend>
      {note === undefined ? (
        <p class="note" lang="en">
          {filter?.description}
        </p>
      ) : (
        <p class="note">{note}</p>
      )}
      {link.json !== undefined ? (
        <TextArea
          label={ruleTexts.json}
          value={link.json}
          onInput={(json) => onChange({ ...link, json })}
          error={issueAt('.rule')}
          rows={6}
        />
      ) : (
        <div class="form-grid">
          {fields.map((field) => {
            const path = field.path.join('.');
            return (
              <SettingInput
                key={path}
                filter={link.name}
                field={field}
                value={link.values[path] ?? ''}
                error={issueAt(`.rule.${path}`)}
                onInput={(value) => set(path, value)}
              />
            );
          })}
        </div>
      )}
      {issueAt('.rule') !== undefined && link.json === undefined && <p class="field-error">{issueAt('.rule')}</p>}
      <div class="actions">
        {onMoveUp !== undefined && (
          <Button kind="quiet" label={ruleTexts.up(title)} onPress={onMoveUp}>
            ↑
          </Button>
        )}
        {onMoveDown !== undefined && (
          <Button kind="quiet" label={ruleTexts.down(title)} onPress={onMoveDown}>
            ↓
          </Button>
        )}
        <Button kind="quiet" label={ruleTexts.remove(title)} onPress={onRemove}>
          {common.remove}
        </Button>
      </div>
    </fieldset>
  );
}
