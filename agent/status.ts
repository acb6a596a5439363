import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One sentence about the connection in the state folder's file `status`: what the install script shows. */
export type Status = {
  say(sentence: string): void;
  /** Takes the file away. */
  end(): Promise<void>;
};

/** A status that can't be written is no reason to stop: nothing depends on it. */
export function createStatus(stateDir: string): Status {
  const path = join(stateDir, 'status');
  let last: Promise<void> = Promise.resolve();
  const next = (task: () => Promise<void>): Promise<void> => {
    last = last.then(task).catch(() => undefined);
    return last;
  };
  return {
    say: (sentence) => void next(() => writeFile(path, `${sentence}\n`, { mode: 0o600 })),
    end: () => next(() => rm(path, { force: true })),
  };
}
