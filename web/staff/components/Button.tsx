import type { ComponentChildren } from 'preact';

interface ButtonProps {
  children: ComponentChildren;
  kind?: 'primary' | 'quiet' | 'danger';
  type?: 'button' | 'submit';
  /** Something is under way: it can't be pressed twice. */
  isBusy?: boolean;
  isDisabled?: boolean;
  /** For whoever hears the page, where the text alone does not say what it is about. */
  label?: string;
  onPress?: () => void;
}

/** A button that keeps its place and its focus while it can't be pressed. */
export function Button({ children, kind, type = 'button', isBusy, isDisabled, label, onPress }: ButtonProps) {
  const isOff = isBusy === true || isDisabled === true;
  return (
    <button
      type={type}
      class={`button ${kind ?? ''}`}
      aria-busy={isBusy === true ? 'true' : undefined}
      aria-disabled={isOff ? 'true' : undefined}
      aria-label={label}
      onClick={(event) => {
        if (isOff) event.preventDefault();
        else onPress?.();
      }}
    >
      {children}
    </button>
  );
}
