import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface PanelProps {
  title: string;
  note?: ComponentChildren;
  actions?: ComponentChildren;
  children: ComponentChildren;
  /** As wide as the page. */
  isWide?: boolean;
}

/** A part of a view with a heading of its own. */
export function Panel({ title, note, actions, children, isWide }: PanelProps) {
  const id = useId();
  return (
    <section class={isWide === true ? 'panel wide' : 'panel'} aria-labelledby={id}>
      <div class="panel-head">
        <h2 id={id}>{title}</h2>
        {actions !== undefined && <div class="actions">{actions}</div>}
      </div>
      {note !== undefined && <p class="note">{note}</p>}
      {children}
    </section>
  );
}
