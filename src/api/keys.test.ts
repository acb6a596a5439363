import { expect, test } from 'vitest';
import type { Topic } from '../../contract/events.ts';
import { keysOf } from './keys.ts';

const topics: [Topic, string[][]][] = [
  ['activity', [['teams', 't', 'activity']]],
  ['vpns', [['teams', 't', 'vpns']]],
  ['workspaces', [['teams', 't', 'workspaces']]],
  ['trust', [['teams', 't', 'trust']]],
  ['previews', [['teams', 't', 'previews']]],
  ['secrets', [['teams', 't', 'secrets']]],
  ['vpn:vpn_1', [['teams', 't', 'vpn', 'vpn_1']]],
  [
    'workspace:ws_1',
    [
      ['teams', 't', 'workspace', 'ws_1'],
      ['teams', 't', 'secrets', 'workspace', 'ws_1'],
    ],
  ],
  ['verification:ver_1', [['teams', 't', 'verification', 'ver_1']]],
];

test.each(topics)('the topic %s makes just its own queries stale', (topic, stale) => {
  expect(keysOf('t', topic)).toEqual(stale);
});

test('a change of the team reaches the session, because the team’s name and one’s role stand there', () => {
  expect(keysOf('t', 'team')).toContainEqual(['session']);
  expect(keysOf('t', 'team')).toContainEqual(['teams', 't', 'members']);
  expect(keysOf('t', 'team')).toContainEqual(['own-api-tokens']);
});
