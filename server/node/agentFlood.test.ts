import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from './testing/eventually.ts';
import { capable } from '../agents/fakeAgent.ts';
import { startPortsHost, type PortsHost } from './testing/portsHost.ts';

let host: PortsHost;

beforeEach(async () => {
  host = await startPortsHost();
});
afterEach(() => host.close());

test('between two messages of one agent the server gets to everything else', async () => {
  const { hub } = host.deps;
  const attach = hub.attach.bind(hub);
  let turns = 0;
  const handledIn: number[] = [];
  hub.attach = (access, link) => {
    const agent = attach(access, link);
    const receive = (text: string) => {
      handledIn.push(turns);
      return agent.receive(text);
    };
    return { ...agent, receive };
  };
  const talker = await host.join('talker');
  handledIn.length = 0;
  let counting = setImmediate(() => undefined);
  const count = () => {
    turns += 1;
    counting = setImmediate(count);
  };
  count();
  // In one piece, and each is a write.
  for (let messages = 0; messages < 50; messages += 1) talker.say({ type: 'ipsec', ipsec: capable });
  await eventually(() => expect(handledIn).toHaveLength(50));
  clearImmediate(counting);
  talker.die();
  expect(new Set(handledIn).size).toBe(50);
});
