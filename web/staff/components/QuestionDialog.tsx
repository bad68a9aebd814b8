import { useState } from 'preact/hooks';
import type { Question } from '../desk/question.js';
import { useDesk } from '../desk/useDesk.js';
import { common } from '../text/common.js';
import { quote } from '../text/quote.js';
import { Button } from './Button.js';
import { Changes } from './Changes.js';
import { CommandLine } from './CommandLine.js';
import { Dialog } from './Dialog.js';
import { Failure } from './Failure.js';
import { TextField } from './TextField.js';

/** Asks before something is changed, does it, and stays open with the reason when it could not be done. */
export function QuestionDialog() {
  const { question } = useDesk();
  const asked = question.value;
  return asked === undefined ? null : <Asked key={asked.title} question={asked} />;
}

function Asked({ question }: { question: Question }) {
  const desk = useDesk();
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const close = (): void => {
    if (!isBusy) desk.question.value = undefined;
  };
  const run = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      desk.say(await question.run(reason.trim()));
      desk.question.value = undefined;
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  const { title, text, changes, command, confirm, isDangerous } = question;
  return (
    <Dialog title={title} onClose={close}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        {text !== undefined && <p>{text}</p>}
        {changes !== undefined && changes.length > 0 && <Changes changes={changes} />}
        {question.reason !== undefined && (
          <TextField
            label={question.reason === 'optional' ? `${common.reason} ${common.optional}` : common.reason}
            hint={common.reasonNote}
            value={reason}
            onInput={setReason}
            isRequired={question.reason === 'required'}
            lengthMax={255}
          />
        )}
        <CommandLine command={withReason(command, question, reason.trim())} />
        <Failure failure={failure} />
        <div class="buttons">
          <Button type="submit" kind={isDangerous === true ? 'danger' : 'primary'} isBusy={isBusy}>
            {isBusy ? common.underWay : confirm}
          </Button>
          <Button kind="quiet" onPress={close}>
            {common.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function withReason(command: string, question: Question, reason: string): string {
  return question.reason === undefined || reason === '' ? command : `${command} --reason ${quote(reason)}`;
}
