/**
 * Checks of what comes from outside: the server's messages and the agent's own files. The schemas in contract/ say the
 * same in zod, which alone would cost the agent 10 MB of memory on every replica; a test holds the two together.
 */
export type Shape<Value> = (value: unknown) => value is Value;

export const text: Shape<string> = (value) => typeof value === 'string';

export const integer: Shape<number> = (value): value is number => Number.isSafeInteger(value);

export const flag: Shape<boolean> = (value) => typeof value === 'boolean';

export const textOf =
  (shortest: number, longest = Number.POSITIVE_INFINITY): Shape<string> =>
  (value): value is string =>
    text(value) && value.length >= shortest && value.length <= longest;

export const oneOf =
  <const Value extends string | number>(...values: readonly Value[]): Shape<Value> =>
  (value): value is Value =>
    values.some((known) => known === value);

export const orNull =
  <Value>(shape: Shape<Value>): Shape<Value | null> =>
  (value): value is Value | null =>
    value === null || shape(value);

/** For what older messages leave out. */
export const orAbsent =
  <Value>(shape: Shape<Value>): Shape<Value | undefined> =>
  (value): value is Value | undefined =>
    value === undefined || shape(value);

export const listOf =
  <Value>(shape: Shape<Value>, shortest = 0): Shape<Value[]> =>
  (value): value is Value[] =>
    Array.isArray(value) && value.length >= shortest && value.every(shape);

/** Has these members in these shapes; what else it has doesn't matter. */
export function objectOf<Value extends object>(members: {
  readonly [Name in keyof Value]-?: Shape<Value[Name]>;
}): Shape<Value> {
  const shapes: [string, (member: unknown) => boolean][] = Object.entries(members);
  return (value): value is Value =>
    typeof value === 'object' &&
    value !== null &&
    shapes.every(([name, shape]) => shape(Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined));
}
