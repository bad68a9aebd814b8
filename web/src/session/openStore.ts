/** Values under names, as JSON. */
export interface Store {
  read(key: string): unknown;
  /** @param value undefined removes the name */
  write(key: string, value: unknown): void;
  /** Tells when another tab has written; what this page writes itself it knows. */
  onChangeElsewhere(key: string, listener: (value: unknown) => void): void;
}

/**
 * `local` outlives the tab and is shared by all tabs of the shop; `tab` survives a reload and nothing else. Where the browser
 * keeps nothing (private windows, switched off), values live as long as the page.
 */
export function openStore(kind: 'local' | 'tab'): Store {
  const storage = open(kind);
  const memory = new Map<string, unknown>();
  return {
    read: (key) => (memory.has(key) ? memory.get(key) : parse(storage?.getItem(key) ?? null)),
    write(key, value) {
      if (storage === undefined) {
        memory.set(key, value);
        return;
      }
      try {
        if (value === undefined) storage.removeItem(key);
        else storage.setItem(key, JSON.stringify(value));
        memory.delete(key);
      } catch (error) {
        console.warn('the browser keeps nothing for this page', error);
        memory.set(key, value);
      }
    },
    onChangeElsewhere(key, listener) {
      addEventListener('storage', (event) => {
        if (event.storageArea === storage && (event.key === key || event.key === null)) listener(parse(event.newValue));
      });
    },
  };
}

function open(kind: 'local' | 'tab'): Storage | undefined {
  try {
    return kind === 'local' ? localStorage : sessionStorage;
  } catch (error) {
    console.warn('the browser keeps nothing for this page', error);
    return undefined;
  }
}

/** What another version of the page may have left is not ours to trust: at worst there is nothing. */
function parse(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
