/** The page's element with an id. */
export function find<T extends Element>(id: string, type: new () => T): T {
  const element = document.getElementById(id);
  if (element instanceof type) return element;
  throw new TypeError(`find: #${id} must be a ${type.name}, got ${element}`);
}
