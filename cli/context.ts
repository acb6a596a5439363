/** One of the two streams that a person or a script reads. */
export type Screen = { write(text: string): void; isTTY: boolean; columns: number };

/**
 * Everything of the outside that a command touches, so that a test runs a command against the app itself, in the same
 * process. Anything more that a command needs (child processes, sockets) it imports itself.
 */
export type Context = {
  env: Readonly<Record<string, string | undefined>>;
  stdout: Screen;
  stderr: Screen;
  stdin: {
    isTTY: boolean;
    /** All of it, as UTF-8. */
    read(): Promise<string>;
    /** One line that a person types at the terminal, unseen where it is `hidden`. Rejects where there is no terminal. */
    ask(question: string, hidden: boolean): Promise<string>;
  };
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
  readFile: (path: string) => Promise<string>;
  clock: {
    /** Milliseconds since the epoch. */
    now(): number;
    /** Ends early, with the signal's reason, when somebody interrupts. */
    wait(ms: number): Promise<void>;
  };
  /** Where sign-ins are kept. */
  configFile: string;
  hostname: string;
  /** Aborted by Ctrl-C and SIGTERM. */
  signal: AbortSignal;
  /**
   * Makes this process another program, with exactly this environment; where that can't be, resolves with its exit code.
   *
   * @param argv what the program finds as its arguments, its own name first
   */
  become(program: string, argv: readonly string[], env: Readonly<Record<string, string>>): Promise<number>;
};
