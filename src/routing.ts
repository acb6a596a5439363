type Params<Name extends string> = { [K in Name]?: string };

/**
 * Search parameters of a page: those of `names` that are there, as text. The rest is dropped, so that an address never
 * holds what the page doesn't know.
 */
export const textParams =
  <const Name extends string>(...names: Name[]) =>
  (search: Record<string, unknown>): Params<Name> => {
    const found: Params<Name> = {};
    for (const name of names) {
      const value = search[name];
      if (typeof value === 'string' && value !== '') found[name] = value;
    }
    return found;
  };

/** Search parameters stay the text they are: `?search=10` searches for “10”, and nothing is quoted. */
export const parseSearch = (text: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(text));

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === 'string' && value !== '') params.set(name, value);
  }
  return params.size > 0 ? `?${params}` : '';
}
