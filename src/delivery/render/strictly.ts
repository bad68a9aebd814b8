/** Reads the object as it is, but a field that it does not have, or that holds nothing, is an error instead of `undefined`. */
export function strictly<T extends object>(target: T, name: string): T {
  return new Proxy(target, {
    get(object, key) {
      const value: unknown = Reflect.get(object, key);
      // What is asked of every object (`Symbol.iterator`, `toJSON`) is no field.
      if (typeof key === 'symbol' || key === 'toJSON' || typeof value === 'function') return value;
      const place = Array.isArray(object) ? `${name}[${key}]` : `${name}.${key}`;
      if (value === undefined) throw new Error(`there is no ${place}`);
      return typeof value === 'object' && value !== null ? strictly(value, place) : value;
    },
  });
}
