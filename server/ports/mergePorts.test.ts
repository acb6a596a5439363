import { describe, expect, test } from 'vitest';
import type { Port } from '../../contract/ports.ts';
import type { Declaration } from './declarations.ts';
import { asOthersSee, mergePorts, type PortFacts, type ReplicaFacts } from './mergePorts.ts';
import type { StoredPort } from './storedPort.ts';

const storedPort = (changes: Partial<StoredPort> = {}): StoredPort => ({
  id: 'port_1',
  workspace_id: 'ws_1',
  number: 3000,
  host: 'abcdefghij',
  forwarded: 1,
  label: null,
  protocol: null,
  declared_label: null,
  declared_protocol: null,
  search: '3000',
  visibility: 'private',
  origin: 'auto',
  access_epoch: 1,
  revision: 4,
  shared_by: null,
  sharedByName: null,
  shared_at: null,
  created_at: '2026-11-21T08:00:00.000Z',
  notice_from: null,
  notice_reason: null,
  notice_at: null,
  ...changes,
});

const declaration = (changes: Partial<Declaration> = {}): Declaration => ({
  ports: [],
  otherPorts: null,
  problem: null,
  ...changes,
});

const replica = (name: string, changes: Partial<ReplicaFacts> = {}): ReplicaFacts => ({
  id: `rep_${name}`,
  name,
  online: true,
  declaration: null,
  listening: new Map(),
  ...changes,
});

const facts = (changes: Partial<PortFacts>): PortFacts => ({
  rows: [],
  replicas: [],
  policy: { organization: true, public: true },
  urlOf: (host) => `http://${host}.localhost:8080`,
  ...changes,
});

const listens = { listening: new Map([[3000, 'vite']]) };
const shared = {
  visibility: 'public',
  shared_by: 'user_1',
  sharedByName: 'Olga',
  shared_at: '2026-11-21T09:00:00.000Z',
} as const;
const notice = {
  notice_from: 'public',
  notice_reason: 'restarted',
  notice_at: '2026-11-21T09:00:00.000Z',
} as const;
const here = replica('api-1', listens);
const idle = replica('api-1');
const away = replica('api-1', { ...listens, online: false });
const idleAway = replica('api-1', { online: false });

/** Row × replicas → the port as it is shown, or null where the list leaves it out. */
const cases: [string, Partial<StoredPort> | null, ReplicaFacts[], Partial<Port> | null][] = [
  ['nothing is known of', null, [idle], null],
  ['listens and has no row', null, [here], { forwarded: false, url: null, revision: 0, process: 'vite' }],
  ['listened in a replica that is away', null, [away], null],
  ['listens and is forwarded', {}, [here], { forwarded: true, status: 'listening', revision: 4 }],
  ['was forwarded by itself and is silent', {}, [idle], null],
  ['was forwarded by itself, with no replica left', {}, [], null],
  ['was forwarded by itself, and its replica is away', {}, [away], { status: 'replica-offline' }],
  ['was forwarded by itself and silent before its replica went', {}, [idleAway], null],
  ['was forwarded by hand', { origin: 'manual' }, [idle], { status: 'not-listening', process: null }],
  ['was forwarded by hand, with no replica', { origin: 'manual' }, [], { status: 'no-replica' }],
  ['is declared', { origin: 'devcontainer' }, [idle], { origin: 'devcontainer' }],
  ['has a label', { label: 'Web' }, [idle], { label: 'Web' }],
  ['has a protocol', { protocol: 'https' }, [idle], { protocol: 'https' }],
  ['has a label of the file alone', { declared_label: 'Web' }, [idle], null],
  ['has a notice', notice, [idle], { visibility: 'private', notice: expect.anything() }],
  [
    'is shared',
    shared,
    [idle],
    { visibility: 'public', sharedBy: { id: 'user_1', name: 'Olga' }, sharedAt: '2026-11-21T09:00:00.000Z' },
  ],
  [
    'was stopped and listens',
    { ...shared, forwarded: 0 },
    [here],
    { forwarded: false, visibility: 'private', sharedBy: null, sharedAt: null, url: null },
  ],
  ['was stopped and is silent', { ...shared, forwarded: 0 }, [idle], null],
  ['was stopped, and its replica is away', { forwarded: 0, origin: 'manual' }, [away], null],
  [
    'listens in one replica of two',
    {},
    [idle, replica('api-2', listens)],
    { replicas: [{ id: 'rep_api-2', name: 'api-2' }] },
  ],
  [
    'listens in a connected replica and in one that is away',
    {},
    [away, replica('api-2', listens)],
    { replicas: [{ id: 'rep_api-2', name: 'api-2' }] },
  ],
  [
    'is called one thing by its owner and another by the file',
    { label: 'Mine', declared_label: 'File', protocol: 'http', declared_protocol: 'https' },
    [here],
    { label: 'Mine', protocol: 'http' },
  ],
  [
    'is called something by the file',
    { declared_label: 'File', declared_protocol: 'https' },
    [here],
    { label: 'File', protocol: 'https' },
  ],
];

test.each(cases)('a port that %s', (_, row, replicas, expected) => {
  const rows = row ? [storedPort(row)] : [];
  const [port = null, ...others] = mergePorts(facts({ rows, replicas }));
  expect(others).toEqual([]);
  if (expected === null) expect(port).toBeNull();
  else expect(port).toMatchObject({ port: 3000, ...expected });
});

test('ports are in the order of their numbers, once each', () => {
  const listening = new Map([9000, 80, 3000].map((number) => [number, null]));
  const rows = [storedPort({ number: 443, origin: 'manual' }), storedPort({ number: 80 })];
  const ports = mergePorts(facts({ rows, replicas: [replica('api-1', { listening }), here] }));
  expect(ports.map(({ port }) => port)).toEqual([80, 443, 3000, 9000]);
});

describe('a port that isn’t forwarded', () => {
  const named = declaration({
    ports: [{ port: 3000, forward: false, label: 'Web', protocol: 'https', onAutoForward: 'ignore' }],
  });

  test.each([
    ['is on the ignore list', 22, null, 'SSH'],
    ['is ephemeral', 45_000, null, 'Ephemeral port'],
    ['is a debugger', 9229, null, null],
    ['is ignored by the file', 3000, named, 'devcontainer.json'],
    [
      'is not named by a file that ignores the rest',
      4000,
      declaration({ otherPorts: 'ignore' }),
      'devcontainer.json',
    ],
    ['is on the list of a file that ignores the rest', 22, declaration({ otherPorts: 'ignore' }), 'SSH'],
  ])('and %s', (_, number, file, ignored) => {
    const listening = new Map([[number, null]]);
    const [port] = mergePorts(facts({ replicas: [replica('api-1', { listening, declaration: file })] }));
    expect(port).toMatchObject({ port: number, forwarded: false, ignored });
  });

  test('has the names of the file', () => {
    const [port] = mergePorts(facts({ replicas: [replica('api-1', { ...listens, declaration: named })] }));
    expect(port).toMatchObject({ label: 'Web', protocol: 'https' });
  });
});

test('a level that the policy forbids counts as private, with nobody who shares it', () => {
  const policy = { organization: true, public: false };
  const [port] = mergePorts(facts({ rows: [storedPort(shared)], replicas: [here], policy }));
  expect(port).toMatchObject({ visibility: 'private', sharedBy: null, sharedAt: null });
});

test('where the server forwards no ports none is forwarded, and what listens is shown', () => {
  const rows = [storedPort(shared), storedPort({ number: 4000, origin: 'manual' })];
  const ports = mergePorts(facts({ rows, replicas: [here], urlOf: () => null }));
  expect(ports).toMatchObject([{ port: 3000, forwarded: false, visibility: 'private', url: null }]);
});

test('others see what is shared, without processes, replicas and notices', () => {
  const rows = [
    storedPort({ ...shared, ...notice, notice_reason: 'policy' }),
    storedPort({ number: 3001, visibility: 'organization' }),
    storedPort({ number: 3002, origin: 'manual' }),
    storedPort({ number: 3003, visibility: 'public', forwarded: 0 }),
  ];
  const listening = new Map([3000, 3001, 3002, 3003, 3004].map((number) => [number, 'vite']));
  const seen = asOthersSee(mergePorts(facts({ rows, replicas: [replica('api-1', { listening })] })));
  expect(seen.map(({ port }) => port)).toEqual([3000, 3001]);
  for (const port of seen) {
    expect(port).toMatchObject({ status: 'listening', process: null, replicas: [], notice: null });
  }
});
