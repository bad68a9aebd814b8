import { useState } from 'preact/hooks';
import { limitBounds, type LimitName, type LimitView } from '../../../../src/domain/limits.js';
import type { LimitsView } from '../../../../src/domain/wire.js';
import type { LimitChanges } from '../../api/saleCalls.js';
import { Button } from '../../components/Button.js';
import { Failure } from '../../components/Failure.js';
import { TextField } from '../../components/TextField.js';
import { focusFirstFault } from '../../desk/focusFirstFault.js';
import { useDesk } from '../../desk/useDesk.js';
import { useSubmit } from '../../desk/useSubmit.js';
import { readLimits } from '../../event/readLimits.js';
import { commandLine } from '../../text/commandLine.js';
import { number } from '../../text/format.js';
import { limitTexts as texts } from '../../text/limits.js';

interface LimitsFormProps {
  eventId: string | undefined;
  limits: readonly LimitView[];
  onChanged: (limits: LimitsView) => void;
}

/** The limits of one level; an empty field takes one back, so that the next level holds. */
export function LimitsForm({ eventId, limits, onChanged }: LimitsFormProps) {
  const desk = useDesk();
  const [typed, setTyped] = useState<Partial<Record<LimitName, string>>>({});
  const [faults, setFaults] = useState<ReadonlySet<LimitName>>(new Set());
  const own = (limit: LimitView) => (eventId === undefined ? limit.global : limit.event);
  const { isBusy, failure, onSubmit } = useSubmit(async () => {
    const read = readLimits(limits, typed, own);
    setFaults(read.faults);
    if (read.faults.size > 0) return focusFirstFault();
    if (Object.keys(read.changes).length === 0) return desk.say(texts.same);
    desk.ask({
      title: texts.ask,
      text: texts.askText,
      changes: limits.filter(({ name }) => name in read.changes).map((limit) => describe(limit, read.changes)),
      command: commandLine.changeLimits(eventId, read.changes),
      confirm: texts.change,
      async run() {
        onChanged(await desk.api.changeLimits(eventId, read.changes));
        setTyped({});
        return texts.saved;
      },
    });
  });
  const describe = (limit: LimitView, changes: LimitChanges) => {
    const after = changes[limit.name] ?? null;
    const below = eventId === undefined ? limit.setting : (limit.global ?? limit.setting);
    const said = after === null ? texts.back(number(below)) : number(after);
    return { label: texts.names[limit.name], before: number(limit.value), after: said };
  };
  return (
    <form class="form" onSubmit={onSubmit} noValidate>
      <div class="form-grid">
        {limits.map((limit) => {
          const { min, max } = limitBounds[limit.name];
          return (
            <TextField
              key={limit.name}
              label={texts.names[limit.name]}
              hint={texts.range(number(min), number(max))}
              value={typed[limit.name] ?? String(own(limit) ?? '')}
              onInput={(value) => setTyped({ ...typed, [limit.name]: value })}
              error={faults.has(limit.name) ? texts.wrong : undefined}
              inputMode="decimal"
            />
          );
        })}
      </div>
      <Failure failure={failure} />
      <div class="buttons">
        <Button type="submit" kind="primary" isBusy={isBusy}>
          {texts.save}
        </Button>
      </div>
    </form>
  );
}
