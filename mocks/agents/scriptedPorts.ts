import type { FromAgent, ListeningPort } from '../../contract/agentProtocol.ts';

type Said<Type extends FromAgent['type']> = Extract<FromAgent, { type: Type }>;

/** What a devcontainer.json says of ports, as an agent passes it on. */
export type Declaration = Omit<Said<'declared-ports'>, 'type'>;

const none: Declaration = { ports: [], otherPorts: null, problem: null };

/** What listens in one replica, and what its devcontainer.json declares. */
export class ScriptedPorts {
  readonly #listening = new Map<number, ListeningPort>();
  #declaration = none;

  listen(port: number, process: string | null): void {
    this.#listening.set(port, { port, address: '0.0.0.0', process });
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
