import { Button } from '../../components/Button.js';
import { CommandLine } from '../../components/CommandLine.js';
import { Failure } from '../../components/Failure.js';
import { Panel } from '../../components/Panel.js';
import { useDesk } from '../../desk/useDesk.js';
import { useLoad } from '../../desk/useLoad.js';
import { commandLine } from '../../text/commandLine.js';
import { truthTexts as texts } from '../../text/truth.js';
import { AuditResult } from './AuditResult.js';

/** @param props.eventId undefined: all events */
export function AuditPanel({ eventId }: { eventId?: string }) {
  const { api } = useDesk();
  const { data, failure, isLoading, reload } = useLoad(() => api.audit(eventId), [eventId]);
  const bad = data?.events.filter(({ ok }) => !ok) ?? [];
  // Those that are not in order first.
  const events = [...bad, ...(data?.events.filter(({ ok }) => ok) ?? [])];
  return (
    <Panel
      title={texts.title}
      note={texts.note}
      actions={
        <Button isBusy={isLoading} onPress={reload}>
          {isLoading ? texts.running : texts.run}
        </Button>
      }
      isWide={eventId === undefined}
    >
      <Failure failure={failure} />
      <div role="status">
        {data !== undefined && (
          <p class={`verdict ${data.ok ? 'good' : 'bad'}`}>
            {data.ok ? texts.ok : texts.bad(bad.map(({ title }) => title).join(', '))}
          </p>
        )}
      </div>
      {data?.events.length === 0 && <p class="placeholder">{texts.empty}</p>}
      {events.map((audit) => (
        <AuditResult key={audit.id} audit={audit} />
      ))}
      <CommandLine command={commandLine.audit(eventId)} />
    </Panel>
  );
}
