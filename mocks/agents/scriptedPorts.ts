import type { FromAgent, ListeningPort } from '../../contract/agentProtocol.ts';

type Said<Type extends FromAgent['type']> = Extract<FromAgent, { type: Type }>;

/** What a devcontainer.json says of ports, as an agent passes it on. */
export type Declaration = Omit<Said<'declared-ports'>, 'type'>;

/** What begins to listen: the process by port; null where its name can't be seen. */
export type Processes = Readonly<Record<number, string | null>>;

const none: Declaration = { ports: [], otherPorts: null, problem: null };

/** What listens in one replica, and what its devcontainer.json declares. */
export class ScriptedPorts {
  readonly #listening = new Map<number, ListeningPort>();
  #declaration = none;

  listen(processes: Processes): void {
    for (const [port, process] of Object.entries(processes))
      this.#listening.set(Number(port), { port: Number(port), address: '0.0.0.0', process });
  }

  unlisten(port: number): void {
    this.#listening.delete(port);
  }

  declare(declaration: Partial<Declaration>): void {
    this.#declaration = { ...none, ...declaration };
  }

  listening(): Said<'ports'> {
    return { type: 'ports', ports: [...this.#listening.values()] };
  }

  declared(): Said<'declared-ports'> {
    return { type: 'declared-ports', ...this.#declaration };
  }
}
