import type { Secret, WorkspaceSecrets } from '../../contract/secretsApi.ts';

export const deliveryWords: Readonly<Record<Secret['delivery'], string>> = {
  environment: 'Variable',
  file: 'File',
};

type Standing = WorkspaceSecrets['replicas'][number];

/** Replicas that run with something else than they would get now, while that can be mended by starting them again. */
export const runsWithOlder = (replicas: readonly Standing[]): Standing[] =>
  replicas.filter(({ online, state }) => online && state === 'older');

/** “api-1”, “api-1 and api-2”, “api-1, api-2 and 3 more”. */
export function namesInWords(names: readonly string[]): string {
  const [first = '', second, ...rest] = names;
  if (second === undefined) return first;
  if (rest.length === 0) return `${first} and ${second}`;
  return `${first}, ${second} and ${rest.length} more`;
}
