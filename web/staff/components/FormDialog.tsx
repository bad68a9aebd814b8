import type { ComponentChildren } from 'preact';
import { common } from '../text/common.js';
import { Button } from './Button.js';
import { CommandLine } from './CommandLine.js';
import { Dialog } from './Dialog.js';
import { Failure } from './Failure.js';

interface FormDialogProps {
  title: string;
  /** The fields, and what is to be known before they are sent. */
  children: ComponentChildren;
  /** What does the same in a terminal. */
  command: string;
  /** On the button that sends it. */
  confirm: string;
  isDangerous?: boolean;
  isBusy: boolean;
  failure: unknown;
  onSubmit: (event: Event) => void;
  onClose: () => void;
}

/** Asks for some fields before something is changed; stays open with the reason when it could not be. */
export function FormDialog({ title, children, command, confirm, isDangerous, ...rest }: FormDialogProps) {
  const { isBusy, failure, onSubmit, onClose } = rest;
  return (
    <Dialog title={title} onClose={onClose}>
      <form class="form" onSubmit={onSubmit}>
        {children}
        <CommandLine command={command} />
        <Failure failure={failure} />
        <div class="buttons">
          <Button type="submit" kind={isDangerous === true ? 'danger' : 'primary'} isBusy={isBusy}>
            {confirm}
          </Button>
          <Button kind="quiet" onPress={onClose}>
            {common.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
