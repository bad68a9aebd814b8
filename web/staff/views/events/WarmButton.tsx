import { useState } from 'preact/hooks';
import type { WarmEventAnswer } from '../../../../src/client/answers.js';
import type { LiveEventView } from '../../../../src/domain/wire/live.js';
import { Button } from '../../components/Button.js';
import { Chip } from '../../components/Chip.js';
import { CommandLine } from '../../components/CommandLine.js';
import { DataTable } from '../../components/DataTable.js';
import { Dialog } from '../../components/Dialog.js';
import { Evidence } from '../../components/Evidence.js';
import { Failure } from '../../components/Failure.js';
import { useDesk } from '../../desk/useDesk.js';
import { commandLine } from '../../text/commandLine.js';
import { common } from '../../text/common.js';
import { eventTexts } from '../../text/events.js';
import { none } from '../../text/format.js';

const { warm: texts } = eventTexts;

/** Brings to Redis what a sale needs, and shows whether it is ready. It takes nothing from anybody, so it does not ask. */
export function WarmButton({ event, onWarmed }: { event: LiveEventView; onWarmed: () => void }) {
  const { api } = useDesk();
  const [isBusy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<WarmEventAnswer>();
  const [failure, setFailure] = useState<unknown>();
  const warm = async (): Promise<void> => {
    setBusy(true);
    try {
      setAnswer(await api.warmEvent(event.id));
      onWarmed();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const close = (): void => {
    setAnswer(undefined);
    setFailure(undefined);
  };
  return (
    <>
      <Button isBusy={isBusy} onPress={() => void warm()}>
        {isBusy ? common.underWay : texts.label}
      </Button>
      {(answer !== undefined || failure !== undefined) && (
        <Dialog title={texts.title} onClose={close}>
          <Failure failure={failure} />
          {answer !== undefined && (
            <>
              {/* What it is about comes first: the first thing to press stands below all checks. */}
              <p class={`verdict ${answer.ready ? 'good' : 'bad'}`} tabIndex={-1} autofocus>
                {answer.ready ? texts.ready : texts.notReady}
              </p>
              <DataTable
                caption={texts.title}
                rows={answer.checks}
                keyOf={({ name }) => name}
                columns={[
                  { name: 'check', heading: texts.check, cell: ({ name }) => texts.checks[name] },
                  {
                    name: 'ok',
                    heading: eventTexts.state,
                    cell: ({ ok }) => <Chip text={ok ? texts.ok : texts.missing} tone={ok ? 'good' : 'bad'} />,
                  },
                  { name: 'detail', heading: texts.evidence, cell: ({ detail }) => <Evidence text={detail} /> },
                  {
                    name: 'next',
                    heading: texts.next,
                    cell: ({ next }) => (next === null ? none : <Evidence text={next} />),
                  },
                ]}
              />
            </>
          )}
          <CommandLine command={commandLine.switchEvent('warm', event.id)} />
          <Button kind="primary" onPress={close}>
            {common.close}
          </Button>
        </Dialog>
      )}
    </>
  );
}
