import type { Kysely } from 'kysely';
import type { Topic } from '../contract/events.ts';
import type { AgentHub } from './agents/hub.ts';
import type { Database } from './db/schema.ts';
import type { Rollouts } from './rollouts/rollouts.ts';

/**
 * Everything `createApp` needs from its host, so that the same app runs in Node, in a test on an in-memory database and
 * in the browser behind the mock. Nothing in `server/` outside `main.ts` and `node/` may touch a Node API.
 */
export type Deps = {
  db: Kysely<Database>;
  clock: Clock;
  bus: Bus;
  hub: AgentHub;
  rollouts: Rollouts;
  passwords: Passwords;
  secretBox: SecretBox;
  settings: ServerSettings;
  log: Log;
  /** Asks servers of other people's, whose addresses admins type: issuers of identity tokens, the company's OpenID provider. */
  outbound: Outbound;
  /** Left out where the database can’t tell, or another one is asked each time: then nothing is kept of what was found. */
  databaseState?: DatabaseState;
  /** Files to hand out under /agent/ and /cli/ (install scripts, bundles, the Node binary); null: none here. */
  agentFiles: AgentFiles | null;
  /** Told when the first admin was made through the setup link; left out where nobody waits for it. */
  onSetUp?: () => void;
};

export type Clock = {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `task` after `ms`; the returned function cancels it. */
  after(ms: number, task: () => void): () => void;
};

/**
 * While this stays the same, so does everything in the database: what was found in it may be used again. Null: nobody
 * knows at the moment.
 */
export type DatabaseState = () => string | null;

/** Announces what changed to everybody who watches the team. Called after the commit, never inside a transaction. */
export type Bus = {
  publish(teamId: string, topics: readonly Topic[]): void;
  /** Coalesced: `listener` is called at most every 250 ms with the set of topics. Returns the unsubscribe function. */
  subscribe(teamId: string, listener: (topics: Topic[]) => void): () => void;
  /** For how many milliseconds nothing of the team has changed; nothing ever: since the bus is there. */
  quietFor(teamId: string): number;
};

/** argon2id in Node; slow on purpose, so the mock brings a cheap one. */
export type Passwords = {
  hash(password: string): Promise<string>;
  verify(hash: string, password: string): Promise<boolean>;
};

/** AES-256-GCM. `context` (such as `vpn:<id>:psk`) is authenticated: a value sealed for one row opens for no other. */
export type SecretBox = {
  seal(plaintext: string, context: string): Promise<string>;
  open(sealed: string, context: string): Promise<string>;
};

/**
 * `fetch` for addresses that somebody typed: https only, without redirects, 256 KB and 5 s at most, and nothing that leads to a
 * private or loopback address unless the operator allows it. Rejects with OutboundError.
 */
export type Outbound = (url: string, init?: RequestInit) => Promise<Response>;

export type ServerSettings = {
  version: string;
  /** Origin of the dashboard and the API, without a trailing slash: `http://localhost:8080`. */
  publicUrl: string;
  /** Short random id of this installation, part of cookie names: ports on one host share cookies. */
  installationId: string;
  allowPrivatePeers: boolean;
  /** Forwarded ports are hosts one label below it, with the scheme and port of `publicUrl`; null: none are forwarded. */
  portsDomain: string | null;
  /** Whether a browser’s first visit to a public port shows a page that warns of phishing. */
  portsInterstitial: boolean;
  sessionIdleMs: number;
  sessionAbsoluteMs: number;
};

export type Log = {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
};

export type AgentFiles = {
  /** What can be downloaded, with sha256 in hex and the size in bytes: `culvert-agent.mjs`, `culvert.mjs`, `node-linux-x64`. */
  list(): Promise<{ name: string; sha256: string; size: number }[]>;
  open(name: string): Promise<ReadableStream<Uint8Array> | null>;
  /** Shell text of server/agents/install/, which `installScript` completes. */
  installer(of: 'agent' | 'command-line'): Promise<string>;
};
