import { expect, test } from 'vitest';
import { namedCommands, pageCommands, portCommands, portsOfWhat } from './commands.ts';

test('pages are found by a part of their name, whatever the case', () => {
  expect(pageCommands('team_1', 'VPN').map(({ label }) => label)).toEqual(['VPNs', 'Create VPN']);
  expect(pageCommands('team_1', ' mem ').map(({ label }) => label)).toEqual(['Members']);
  expect(pageCommands('team_1', 'port').map(({ label }) => label)).toEqual(['Ports']);
  expect(pageCommands('team_1', 'nothing')).toEqual([]);
});

test('a VPN and a workspace lead to their own pages', () => {
  expect(namedCommands('team_1', 'vpn', [{ id: 'vpn_1', name: 'Berlin office' }])).toEqual([
    {
      key: 'vpn_1',
      label: 'Berlin office',
      kind: 'VPN',
      to: { to: '/teams/$team/vpns/$vpn/overview', params: { team: 'team_1', vpn: 'vpn_1' } },
    },
  ]);
  expect(namedCommands('team_1', 'workspace', [{ id: 'ws_1', name: 'api' }])[0]?.to.to).toBe(
    '/teams/$team/workspaces/$workspace/vpns',
  );
});

test.each([
  ['ports of billing', 'billing'],
  [' Ports of  billing-api ', 'billing-api'],
  ['ports', null],
  ['billing', null],
  ['reports of may', null],
])('“%s” asks for the ports of %s', (text, name) => {
  expect(portsOfWhat(text)).toBe(name);
});

test('the ports of a workspace are found beside it', () => {
  expect(portCommands('team_1', [{ id: 'ws_1', name: 'api' }])).toEqual([
    {
      key: 'ports-ws_1',
      label: 'Ports of api',
      kind: 'Workspace',
      to: {
        to: '/teams/$team/workspaces/$workspace/ports',
        params: { team: 'team_1', workspace: 'ws_1' },
      },
    },
  ]);
});
