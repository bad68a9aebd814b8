import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { common } from '../text/common.js';

interface PageProps {
  title: string;
  /** Beside the title. */
  aside?: ComponentChildren;
  /** What can be done here. */
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** One view: its title takes the focus when it appears, so that keyboard and screen reader are where the eyes are. */
export function Page({ title, aside, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, []);
  useEffect(() => {
    document.title = `${title} · ${common.title}`;
  }, [title]);
  return (
    <>
      <header class="page-head">
        <div class="page-title">
          <h1 ref={heading} tabIndex={-1} class="heading">
            {title}
          </h1>
          {aside}
        </div>
        {actions !== undefined && <div class="actions">{actions}</div>}
      </header>
      {children}
    </>
  );
}
