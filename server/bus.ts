import type { Topic } from '../contract/events.ts';
import type { Bus, Clock } from './deps.ts';

/** A burst of changes becomes one set of names: 2,000 changes in 2 s cost 8 sends instead of 2,000. */
const COALESCE_MS = 250;

type Team = {
  listeners: Set<(topics: Topic[]) => void>;
  pending: Set<Topic>;
  /** Cancels the delivery that is waiting; null while none is. */
  cancel: (() => void) | null;
};

/** The bus of a single server, in memory. */
export function createBus(clock: Clock): Bus {
  const teams = new Map<string, Team>();
  const began = clock.now();
  /** By team, also of those that nobody listens to: a number each. */
  const changedAt = new Map<string, number>();

  const deliver = (team: Team) => {
    team.cancel = null;
    const topics = [...team.pending];
    team.pending.clear();
    for (const listener of team.listeners) listener(topics);
  };

  return {
    publish(teamId, topics) {
      if (topics.length === 0) return;
      changedAt.set(teamId, clock.now());
      const team = teams.get(teamId);
      if (!team) return;
      for (const topic of topics) team.pending.add(topic);
      team.cancel ??= clock.after(COALESCE_MS, () => deliver(team));
    },
    subscribe(teamId, listener) {
      const team = teams.get(teamId) ?? { listeners: new Set(), pending: new Set(), cancel: null };
      teams.set(teamId, team);
      team.listeners.add(listener);
      return () => {
        team.listeners.delete(listener);
        if (team.listeners.size > 0 || teams.get(teamId) !== team) return;
        team.cancel?.();
        teams.delete(teamId);
      };
    },
    quietFor: (teamId) => Math.max(0, clock.now() - (changedAt.get(teamId) ?? began)),
  };
}
