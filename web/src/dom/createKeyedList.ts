export interface Item<Model> {
  element: HTMLElement;
  update(model: Model): void;
}

/**
 * Keeps a list's elements in step with its models: each id keeps its element for as long as it is there, so that neither the
 * focus nor a live region is lost when the list is asked for again every second.
 */
export function createKeyedList<Model>(
  container: HTMLElement,
  idOf: (model: Model) => string,
  create: (id: string) => Item<Model>,
): (models: readonly Model[]) => void {
  const items = new Map<string, Item<Model>>();
  return (models) => {
    const ids = new Set(models.map(idOf));
    for (const [id, item] of items) {
      if (ids.has(id)) continue;
      item.element.remove();
      items.delete(id);
    }
    const focused = document.activeElement;
    let place = container.firstElementChild;
    for (const model of models) {
      const id = idOf(model);
      let item = items.get(id);
      if (item === undefined) items.set(id, (item = create(id)));
      if (item.element === place) place = place.nextElementSibling;
      else container.insertBefore(item.element, place);
      item.update(model);
    }
    // An element that moves loses the focus.
    if (focused instanceof HTMLElement && focused !== document.activeElement && container.contains(focused)) {
      focused.focus({ preventScroll: true });
    }
  };
}
