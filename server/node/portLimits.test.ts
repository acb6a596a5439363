import { expect, test } from 'vitest';
import { STREAMS_MAX } from '../../contract/agentConnection.ts';
import { portLimits } from './portLimits.ts';

test('the viewers of one port, and one viewer all the more, leave the other ports of its replica some streams', () => {
  expect(portLimits.perPort).toBeLessThan(STREAMS_MAX);
  expect(portLimits.perViewer).toBeLessThan(STREAMS_MAX / 2);
});
