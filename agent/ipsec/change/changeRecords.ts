import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ChangeReport } from '../../../contract/agentProtocol.ts';
import { writeAtomically } from '../../atomicFile.ts';
import { integer, listOf, objectOf, oneOf, orNull, text, type Shape } from '../../shapes.ts';
import type { ChangeRecord } from './intent.ts';

/** Changes that are tried out or were, by VPN, on disk: an agent that is killed goes on where it was. */
export class ChangeRecords {
  readonly #path: string;
  readonly #records: Map<string, ChangeRecord>;
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(path: string, records: readonly ChangeRecord[]) {
    this.#path = path;
    this.#records = new Map(records.map((record) => [record.vpnId, record]));
  }

  /** What is in charon's folder; nothing, or what can't be read, starts anew. */
  static open(folder: string): ChangeRecords {
    const path = join(folder, 'changes.json');
    return new ChangeRecords(path, readStored(path));
  }

  get(vpnId: string): ChangeRecord | null {
    return this.#records.get(vpnId) ?? null;
  }

  set(vpnId: string, record: ChangeRecord | null): void {
    const same = JSON.stringify(this.get(vpnId)) === JSON.stringify(record);
    if (record === null) this.#records.delete(vpnId);
    else this.#records.set(vpnId, record);
    if (!same) this.#write();
  }

  /** Resolves once everything is on disk, or couldn't be put there. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  /** If it can't be written, an agent that is killed tries the change once more, and that is all. */
  #write(): void {
    const content = JSON.stringify([...this.#records.values()]);
    this.#writing = this.#writing
      .then(async () => {
        await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
        await writeAtomically(this.#path, content);
      })
      .catch(() => undefined);
  }
}

type Diagnosed = NonNullable<ChangeReport['diagnosis']>;

const isTexts: Shape<Record<string, string>> = (value): value is Record<string, string> =>
  typeof value === 'object' && value !== null && Object.values(value).every((part) => text(part));

const isRecords = listOf(
  objectOf<ChangeRecord>({
    vpnId: text,
    key: text,
    deadline: integer,
    report: objectOf<ChangeReport>({
      revision: integer,
      state: oneOf('trying', 'kept', 'went-back'),
      reason: orNull(oneOf('failed', 'no-answer', 'timeout')),
      diagnosis: orNull(objectOf<Diagnosed>({ code: text, parts: isTexts, log: listOf(text) })),
      at: text,
    }),
  }),
);

function readStored(path: string): ChangeRecord[] {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isRecords(value) ? value : [];
  } catch {
    return [];
  }
}
