import type { RuleValues } from './values.ts';

/** Fields of a request by the paths that refusals name. */
const fields: readonly (readonly [path: string, field: keyof RuleValues])[] = [
  ['url', 'issuerUrl'],
  ['owner.id', 'ownerId'],
  ['owner.name', 'owner'],
  ['owner', 'owner'],
  ['repository.id', 'repositoryId'],
  ['repository.name', 'repository'],
  ['repository', 'repository'],
  ['vpns', 'vpns'],
  ['events', 'events'],
  ['refs', 'refs'],
  ['environments', 'environments'],
];

/** The field of the form that shows a refusal; undefined: it stands above the buttons. */
export const fieldOf = (path: string): keyof RuleValues | undefined =>
  fields.find(([start]) => path === start || path.startsWith(`${start}.`))?.[1];
