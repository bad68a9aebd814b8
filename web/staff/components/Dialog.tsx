import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

interface DialogProps {
  title: string;
  children: ComponentChildren;
  /** By Escape too; undefined for what has to be answered. */
  onClose?: (() => void) | undefined;
}

/** Asks for the whole attention. The browser keeps the focus in it, and gives it back. */
export function Dialog({ title, children, onClose }: DialogProps) {
  const id = useId();
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current!;
    const focused = document.activeElement;
    dialog.showModal();
    return () => {
      dialog.close();
      // What was pressed may be gone with what it did; then the title of the view is the place to go on from.
      const next = focused?.isConnected === true ? focused : document.querySelector('h1');
      if (next instanceof HTMLElement) next.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      class="dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}
