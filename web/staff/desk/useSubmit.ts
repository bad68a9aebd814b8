import { useState } from 'preact/hooks';

interface Submit {
  isBusy: boolean;
  failure: unknown;
  /** For a form's `onSubmit`. */
  onSubmit: (event: Event) => void;
  /** What an earlier try said is no longer about what stands in the form. */
  forget: () => void;
}

/** Does what a form is for, once at a time, and keeps why it could not be done. */
export function useSubmit(work: () => Promise<unknown>): Submit {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const submit = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await work();
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
      void submit();
    },
    forget: () => setFailure(undefined),
  };
}
