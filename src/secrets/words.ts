import type { Secret, WorkspaceSecrets } from '../../contract/secretsApi.ts';

export const deliveryWords: Readonly<Record<Secret['delivery'], string>> = {
  environment: 'Variable',
  file: 'File',
};

type Standing = WorkspaceSecrets['replicas'][number];

/** Replicas that run with something else than they would get now, while that can be mended by starting them again. */
export const runsWithOlder = ({ replicas }: WorkspaceSecrets): Standing[] =>
  replicas.filter(({ online, state }) => online && state === 'older');

/** Replicas that have none of the secrets there are, since their agent doesn’t know of any or couldn’t write them. */
export const runsWithout = ({ items, replicas }: WorkspaceSecrets): Standing[] =>
  items.length === 0 ? [] : replicas.filter(({ online, state }) => online && state === 'none');

/** Replicas that are given none of the owner’s own, where the owner has any. */
export const getsTeamsOnly = ({ items, replicas }: WorkspaceSecrets): Standing[] =>
  items.some(({ level }) => level === 'member') ? replicas.filter(({ ownSecrets }) => !ownSecrets) : [];

/** “api-1”, “api-1 and api-2”, “api-1, api-2 and 3 more”. */
export function namesInWords(replicas: readonly Pick<Standing, 'replica'>[]): string {
  const [first = '', second, ...rest] = replicas.map(({ replica }) => replica.name);
  if (second === undefined) return first;
  if (rest.length === 0) return `${first} and ${second}`;
  return `${first}, ${second} and ${rest.length} more`;
}
