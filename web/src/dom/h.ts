type Handler<Name extends keyof HTMLElementEventMap> = (event: HTMLElementEventMap[Name]) => void;

export interface Props {
  /** Attributes; true is an attribute without a value, false and undefined are none. */
  [attribute: string]: string | boolean | undefined | Record<string, unknown>;
  on?: { [Name in keyof HTMLElementEventMap]?: Handler<Name> };
}

/** Makes an element. Text always becomes a text node: nothing that the page shows is ever read as HTML. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  { on = {}, ...attributes }: Props = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (typeof value === 'string') element.setAttribute(name, value);
  }
  for (const [name, handler] of Object.entries(on)) element.addEventListener(name, handler as EventListener);
  element.append(...children);
  return element;
}
