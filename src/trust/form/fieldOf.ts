import type { RuleValues } from './values.ts';

type Field = keyof RuleValues;

/** Fields of a request by the paths that refusals name. */
const fields: readonly (readonly [path: string, field: Field])[] = [
  ['owner.id', 'ownerId'],
  ['owner', 'owner'],
  ['repository.id', 'repositoryId'],
  ['repository', 'repository'],
  ['vpns', 'vpns'],
  ['events', 'events'],
  ['refs', 'refs'],
  ['environments', 'environments'],
];

/** The field that shows a refusal of the rule; undefined: it stands above the buttons. */
export const fieldOf = (path: string): Field | undefined =>
  fields.find(([start]) => path === start || path.startsWith(`${start}.`))?.[1];

/** The same while a new rule may bring its issuer with it: its address was typed, or belongs to what was chosen. */
export const fieldOfNew =
  ({ issuer }: RuleValues) =>
  (path: string): Field | undefined => {
    if (path === 'url') return issuer === '' ? 'issuerUrl' : 'issuer';
    return fieldOf(path);
  };
