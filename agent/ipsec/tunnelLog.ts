import type { LogLine } from './vici/client.ts';

const LINES_MAX = 400;

/**
 * charon's log of one tunnel since its last attempt began. Lines arrive twice: with the attempt's own command, in time for
 * its outcome, and with the log of everything, which goes on after it. Each is kept once, whichever comes first.
 */
export class TunnelLog {
  #connection: string;
  #lines: string[] = [];
  /** How many more times a line came with the command than with the log of everything. */
  #ahead = new Map<string, number>();
  #newestSa = 0;
  #ignoreUpTo = 0;

  constructor(connection: string) {
    this.#connection = connection;
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  /** From now on it is about this connection. */
  follow(connection: string): void {
    this.#connection = connection;
  }

  /** Forgets what was, and what is still to come of earlier IKE_SAs. */
  begin(): void {
    this.#lines = [];
    this.#ahead.clear();
    this.#ignoreUpTo = this.#newestSa;
  }

  /** Takes a line of either source; false when it was known or isn't about this tunnel. */
  take(line: LogLine, source: 'command' | 'log'): boolean {
    if (line.connection !== this.#connection || line.sa <= this.#ignoreUpTo) return false;
    this.#newestSa = Math.max(this.#newestSa, line.sa);
    const key = `${line.sa} ${line.text}`;
    const step = source === 'command' ? 1 : -1;
    const ahead = this.#ahead.get(key) ?? 0;
    this.#ahead.set(key, ahead + step);
    if (ahead * step < 0) return false;
    this.#lines.push(line.text);
    if (this.#lines.length > LINES_MAX) this.#lines.shift();
    return true;
  }
}
