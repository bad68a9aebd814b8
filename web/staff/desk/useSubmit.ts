import { useState } from 'preact/hooks';

interface Submit {
  isBusy: boolean;
  failure: unknown;
  /** For a form's `onSubmit`. */
  onSubmit: (event: Event) => void;
}

/** Does what a form is for, once at a time, and keeps why it could not be done. */
export function useSubmit(work: (event: Event) => Promise<unknown>): Submit {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const submit = async (event: Event): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await work(event);
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return {
    isBusy,
    failure,
    onSubmit(event) {
      event.preventDefault();
      void submit(event);
    },
  };
}
