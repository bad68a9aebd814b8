import type { LimitView } from '../../../../src/domain/limits.js';
import { Chip } from '../../components/Chip.js';
import { DataTable } from '../../components/DataTable.js';
import { Failure } from '../../components/Failure.js';
import { Panel } from '../../components/Panel.js';
import { useDesk } from '../../desk/useDesk.js';
import { useLoad } from '../../desk/useLoad.js';
import { number } from '../../text/format.js';
import { limitTexts as texts } from '../../text/limits.js';
import { LimitsForm } from './LimitsForm.js';

/** @param props.eventId undefined: the limits for all events */
export function LimitsPanel({ eventId }: { eventId?: string }) {
  const { api, may } = useDesk();
  const { data, failure, reload, set } = useLoad(() => api.showLimits(eventId), [eventId]);
  const level = (name: 'event' | 'global' | 'setting') => ({
    name,
    heading: texts.levels[name],
    isNumber: true,
    cell: (limit: LimitView) => number(limit[name]),
  });
  return (
    <div class="panels">
      <Panel title={eventId === undefined ? texts.ofAll : texts.ofEvent} note={texts.note} isWide>
        <Failure failure={failure} onRetry={reload} />
        <DataTable<LimitView>
          caption={texts.title}
          rows={data?.limits ?? []}
          keyOf={({ name }) => name}
          isKnown={data !== undefined}
          columns={[
            {
              name: 'name',
              heading: texts.name,
              cell: ({ name }) => (
                <>
                  {texts.names[name]}
                  <small>{name}</small>
                </>
              ),
            },
            {
              name: 'value',
              heading: texts.inForce,
              isNumber: true,
              cell: ({ value }) => <strong>{number(value)}</strong>,
            },
            {
              name: 'origin',
              heading: texts.from,
              cell: ({ origin }) => (
                <Chip text={texts.origins[origin]} tone={origin === 'setting' ? 'plain' : 'wait'} />
              ),
            },
            ...(eventId === undefined ? [] : [level('event')]),
            level('global'),
            level('setting'),
          ]}
        />
      </Panel>
      {may('operator') && data !== undefined && (
        <Panel title={texts.change} note={texts.emptyNote} isWide>
          <LimitsForm key={eventId} eventId={eventId} limits={data.limits} onChanged={set} />
        </Panel>
      )}
    </div>
  );
}
