import { createKeyedList, type Item } from '../dom/createKeyedList.js';
import { h } from '../dom/h.js';
import { setHidden, setText } from '../dom/set.js';

export interface ListSection<Model> {
  element: HTMLElement;
  heading: HTMLElement;
  /** @param models undefined while the shop has not answered */
  update(models: readonly Model[] | undefined, hasMore: boolean): void;
}

/** A heading, a list, what to say while there is nothing in it, and a button for the rest of it. */
export function createListSection<Model>(options: {
  name: string;
  title: string;
  loading: string;
  empty: string;
  more: string;
  idOf: (model: Model) => string;
  create: (id: string) => Item<Model>;
  onMore: () => void;
}): ListSection<Model> {
  const headingId = `${options.name}-heading`;
  const heading = h('h2', { id: headingId, class: 'heading', tabindex: '-1' }, options.title);
  const list = h('ul', { class: `list ${options.name}-list` });
  const placeholder = h('p', { class: 'placeholder' }, options.loading);
  const more = h('button', { class: 'button quiet more-button', type: 'button', on: { click: options.onMore } });
  more.append(options.more);
  const show = createKeyedList(list, options.idOf, options.create);
  return {
    heading,
    element: h(
      'section',
      { class: `section ${options.name}`, 'aria-labelledby': headingId },
      heading,
      placeholder,
      list,
      more,
    ),
    update(models, hasMore) {
      setText(placeholder, models === undefined ? options.loading : options.empty);
      setHidden(placeholder, models !== undefined && models.length > 0);
      setHidden(more, !hasMore);
      show(models ?? []);
    },
  };
}
