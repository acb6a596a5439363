import type { RolloutReplica } from '../../contract/rollouts.ts';

/** Up to so many are simply listed. */
const FEW = 8;

/**
 * Those that say most of a rollout of many: the first, those that are trying or went back, at most as many as are listed
 * at once, then the next ones that wait.
 */
export function shownReplicas(replicas: readonly RolloutReplica[]): readonly RolloutReplica[] {
  if (replicas.length <= FEW) return replicas;
  const telling = ({ state }: RolloutReplica, index: number) =>
    index === 0 || state === 'trying' || state === 'went-back';
  const chosen = new Set(replicas.filter(telling).slice(0, FEW));
  for (const replica of replicas) {
    if (chosen.size >= FEW) break;
    if (replica.state === 'waiting') chosen.add(replica);
  }
  return replicas.filter((replica) => chosen.has(replica));
}

/** Those that went back, by what went wrong: one explanation speaks for all with the same cause. */
export function failuresByCause(replicas: readonly RolloutReplica[]): RolloutReplica[][] {
  const back = replicas.filter(({ state }) => state === 'went-back');
  return [...Map.groupBy(back, ({ diagnosis, reason }) => diagnosis?.code ?? reason ?? '').values()];
}
