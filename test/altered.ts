/** An object as another, but for what is read of one field. Methods work on the other. */
export function altered<T extends object>(of: T, field: string, read: () => unknown): T {
  return new Proxy(of, {
    get(real, name) {
      if (name === field) return read();
      const value = Reflect.get(real, name, real);
      return typeof value === 'function' ? value.bind(real) : value;
    },
  });
}
