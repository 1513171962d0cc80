import { type Field, parseField } from './field.js';

/** Milliseconds for which settings rest before they go into the address, which browsers limit. */
const PAUSE = 250;

let timer: ReturnType<typeof setTimeout> | undefined;

/** Lets the address bar hold settings, once they rest. */
export function keepInAddress(query: string): void {
  clearTimeout(timer);
  timer = setTimeout(() => history.replaceState(null, '', location.pathname + query), PAUSE);
}

/** The fields that an address gives; what it says wrongly is left out. */
export function fieldsIn<S>(
  given: URLSearchParams,
  fields: { readonly [N in keyof S]?: Field },
): Partial<S> {
  const found = (Object.entries(fields) as [string, Field][]).map(
    ([name, field]) => [name, parseField(field, given.get(name) ?? '')] as const,
  );
  return Object.fromEntries(found.filter(([, value]) => value !== undefined)) as Partial<S>;
}

/** The choice that an address gives by a name, if it is one of those. */
export function choiceIn<N extends string, V extends string>(
  given: URLSearchParams,
  name: N,
  choices: readonly V[] | { readonly [value in V]: unknown },
): { [P in N]?: V } {
  const values = (Array.isArray(choices) ? choices : Object.keys(choices)) as V[];
  const value = values.find((each) => each === given.get(name));
  return (value === undefined ? {} : { [name]: value }) as { [P in N]?: V };
}

/** What an address must say for settings: what is not as it is by default. */
export function toQuery<S extends object>(settings: S, defaults: S): string {
  const query = new URLSearchParams();
  for (const name of Object.keys(defaults) as (keyof S & string)[]) {
    const [value, usual] = [settings[name], defaults[name]].map(written);
    if (value !== usual) query.set(name, value!);
  }
  // Commas, which lists have, need no escape there.
  const text = String(query).replaceAll('%2C', ',');
  return text && `?${text}`;
}

const written = (value: unknown) => (value === true ? '1' : String(value));
