import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DesiredVpn, SafeChange } from '../contract/agentProtocol.ts';
import { writeAtomically } from './atomicFile.ts';
import { desiredVpn, safeChange } from './messages.ts';
import { listOf, objectOf, orAbsent, text, textOf } from './shapes.ts';

export type Identity = { key: string; secret: string };
const isIdentity = objectOf<Identity>({ key: textOf(16, 64), secret: textOf(32, 128) });

type StoredToken = {
  token: string;
  /** SHA-256 of the token the agent was started with when this one was stored: a rotated token outlives a restart. */
  givenSha256: string;
};
const isStoredToken = objectOf<StoredToken>({ token: textOf(1), givenSha256: text });

/** What the server wants of a replica. */
export type Desired = {
  vpns: DesiredVpn[];
  /** Which of them are being tried out. */
  changes: SafeChange[];
};

/** An older agent stored no changes. */
const isStoredDesired = objectOf<{ vpns: DesiredVpn[]; changes: SafeChange[] | undefined }>({
  vpns: listOf(desiredVpn),
  changes: orAbsent(listOf(safeChange)),
});

/** A state file that can't be used, in words for the person who starts the agent. */
export class StateError extends Error {}

/**
 * The agent's memory between starts: one folder, mode 0700, files 0600.
 *
 *   identity.json   key and secret, made once: which replica this is
 *   token.json      the join token, replaced by the server's when it is rotated
 *   desired.json    the VPNs and changes as the server last wanted them, pre-shared keys included
 *   ipsec/          charon's files, see ipsec/
 *   secrets.json    where this run of the replica has its secrets, see secrets/
 *   agent.pid, status, join-token    the running agent's process, its connection in a sentence, the installer's token
 */
export type AgentState = {
  identity: Identity;
  /** The token to dial with; null when none was ever given. */
  token(): string | null;
  /** @throws when it could not be written; then the old token stays in use */
  storeToken(token: string): Promise<void>;
  /** What was last stored; null at the first start. */
  desired: Desired | null;
  /** Why a stored desired state could not be read; the server sends it again. */
  desiredProblem: string | null;
  storeDesired(desired: Desired): Promise<void>;
  /** Resolves when what was asked for so far is on disk, or has failed. */
  written(): Promise<void>;
  /** Deletes everything the agent ever wrote here. */
  remove(): Promise<void>;
};

/**
 * Opens the state folder, makes it and the identity at the first start.
 *
 * @param givenToken from the command line or the environment. It counts when it isn't the one given last time: after a
 *   rotation the stored token is newer than the one in the service's files.
 * @throws StateError when the identity or the token is damaged: a new identity would make this machine a second replica
 */
export async function openState(folder: string, givenToken: string | null): Promise<AgentState> {
  await makeStateFolder(folder);
  const path = (name: string): string => join(folder, name);
  const writing = createQueue();

  const identity = await readIdentity(path('identity.json'));
  let stored = await readToken(path('token.json'), givenToken);
  const desired = await readDesired(path('desired.json'));

  return {
    identity,
    token: () => stored?.token ?? null,
    storeToken: (token) =>
      writing(async () => {
        const next = { token, givenSha256: stored?.givenSha256 ?? '' };
        await writeAtomically(path('token.json'), JSON.stringify(next));
        stored = next;
      }),
    desired: desired.stored,
    desiredProblem: desired.problem,
    storeDesired: (next) => writing(() => writeAtomically(path('desired.json'), JSON.stringify(next))),
    written: () => writing(async () => undefined),
    remove: () => writing(() => removeState(folder)),
  };
}

/** @throws StateError when the folder can't be made or isn't this user's */
export async function makeStateFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
  } catch (error) {
    throw new StateError(`The state folder ${folder} can’t be used: ${reasonOf(error)}.`);
  }
}

async function readIdentity(path: string): Promise<Identity> {
  const content = await readIfThere(path);
  if (content === null) {
    const made = { key: randomBytes(16).toString('hex'), secret: randomBytes(32).toString('hex') };
    await writeAtomically(path, JSON.stringify(made));
    return made;
  }
  const identity = parseJson(content);
  if (isIdentity(identity)) return identity;
  throw new StateError(
    `${path} is damaged, so this machine can’t show which replica it is. Restore the file, or delete it to join as a new replica.`,
  );
}

async function readToken(path: string, given: string | null): Promise<StoredToken | null> {
  const content = await readIfThere(path);
  const stored = content === null ? null : parseJson(content);
  if (isStoredToken(stored) && (given === null || stored.givenSha256 === sha256(given))) return stored;
  if (given === null) {
    if (content === null) return null;
    throw new StateError(`${path} is damaged. Start the agent with a join token of its workspace.`);
  }
  const first = { token: given, givenSha256: sha256(given) };
  await writeAtomically(path, JSON.stringify(first));
  return first;
}

async function readDesired(path: string): Promise<{ stored: Desired | null; problem: string | null }> {
  const content = await readIfThere(path);
  if (content === null) return { stored: null, problem: null };
  const stored = parseJson(content);
  if (isStoredDesired(stored)) {
    const { vpns, changes = [] } = stored;
    return { stored: { vpns, changes }, problem: null };
  }
  return { stored: null, problem: `${path} is damaged; tunnels start when the server has sent it again.` };
}

/** Deletes what an agent wrote, damaged or not; the folder itself goes when nothing else is in it. */
export async function removeState(folder: string): Promise<void> {
  for (const name of [
    'desired.json',
    'token.json',
    'identity.json',
    'join-token',
    'status',
    'secrets.json',
    'ipsec',
  ]) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
  await rmdir(folder).catch(() => undefined);
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new StateError(`${path} can’t be read: ${reasonOf(error)}.`);
  }
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}

/** Writes go one after the other, so that the last one asked for is the one that stays. */
function createQueue(): (task: () => Promise<void>) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return (task) => {
    const next = last.then(task);
    last = next.catch(() => undefined);
    return next;
  };
}

const sha256 = (token: string): string => createHash('sha256').update(token).digest('hex');

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
