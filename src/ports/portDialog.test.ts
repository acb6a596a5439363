import { describe, expect, test } from 'vitest';
import { testPort } from './testPort.ts';
import { portDialogOf, type PortsSearch } from './portDialog.ts';

const open = { organization: true, public: true };
const owned = { ownerId: 'mei' };
const owner = { actor: { userId: 'mei', role: 'member' }, owned, policy: open } as const;
const admin = { ...owner, actor: { userId: 'ada', role: 'admin' } } as const;
const member = { ...owner, actor: { userId: 'jonas', role: 'member' } } as const;

const web = testPort({ port: 3000 });
const api = testPort({ port: 8080, visibility: 'public', protocol: 'https' });
const debug = testPort({ port: 9229, forwarded: false, url: null });
const ports = [web, api, debug];

describe('an address opens', () => {
  test.each<[PortsSearch, unknown]>([
    [{}, undefined],
    [{ port: '3000' }, undefined],
    [{ dialog: 'something', port: '3000' }, undefined],
    [{ port: '3000', protocol: 'gopher' }, undefined],
    [{ dialog: 'add' }, { kind: 'add' }],
    [
      { dialog: 'label', port: '3000' },
      { kind: 'label', port: web },
    ],
    [
      { dialog: 'public', port: '3000' },
      { kind: 'public', port: web },
    ],
    [
      { port: '3000', protocol: 'https' },
      { kind: 'protocol', port: web, to: 'https' },
    ],
    [
      { port: '8080', protocol: 'http' },
      { kind: 'protocol', port: api, to: 'http' },
    ],
    [
      { dialog: 'stop', port: '3000,8080' },
      { kind: 'stop', ports: [web, api] },
    ],
    [
      { dialog: 'stop', port: '3000,9229,1' },
      { kind: 'stop', ports: [web] },
    ],
  ])('%o', (search, state) => {
    expect(portDialogOf(search, ports, owner)).toEqual(state);
  });
});

const reason = (search: PortsSearch, rights: Parameters<typeof portDialogOf>[2]) => {
  const state = portDialogOf(search, ports, rights);
  return state?.kind === 'refused' ? state.reason : state;
};

describe('an old link says why it opens nothing', () => {
  test.each<[PortsSearch, string]>([
    [{ port: '4000', protocol: 'https' }, 'Port 4000 isn’t forwarded.'],
    [{ port: '9229', dialog: 'label' }, 'Port 9229 isn’t forwarded.'],
    [{ port: '8080', protocol: 'https' }, 'Port 8080 is reached by HTTPS already.'],
    [{ port: '8080', dialog: 'public' }, 'Port 8080 is public already.'],
    [{ port: '4000,9229', dialog: 'stop' }, 'Nothing of that is forwarded any more.'],
  ])('%o', (search, why) => {
    expect(reason(search, owner)).toBe(why);
  });
});

test('a policy that forbids public ports refuses the dialog too', () => {
  const rights = { ...owner, policy: { organization: true, public: false } };
  expect(reason({ port: '3000', dialog: 'public' }, rights)).toMatch(/^The team doesn’t allow public ports/);
});

test('admins may stop other people’s ports, and nothing else', () => {
  expect(portDialogOf({ port: '3000', dialog: 'stop' }, ports, admin)?.kind).toBe('stop');
  for (const search of [
    { dialog: 'add' },
    { dialog: 'label', port: '3000' },
    { protocol: 'https', port: '3000' },
  ]) {
    expect(reason(search, admin)).toMatch(/^Only the owner/);
  }
});

test('members open nothing at other people’s workspaces', () => {
  for (const dialog of ['add', 'label', 'public', 'stop']) {
    expect(reason({ dialog, port: '3000' }, member)).toMatch(/^Only the owner/);
  }
});
