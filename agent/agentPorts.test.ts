import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { agentClose } from '../contract/agentConnection.ts';
import { createAgentGround, joinToken } from './testing/startedAgent.ts';
import type { AgentGround } from './testing/startedAgent.ts';

let ground: AgentGround;
beforeEach(async () => {
  ground = await createAgentGround();
});
afterEach(() => ground.close());

const nothing = { type: 'declared-ports', ports: [], otherPorts: null, problem: null };

test('those that the working folder declares are said, and said again after a reconnect', async () => {
  await mkdir(join(ground.folder, '.devcontainer'));
  await writeFile(join(ground.folder, '.devcontainer/devcontainer.json'), '{"forwardPorts": [3000]}');
  const declared = {
    ...nothing,
    ports: [{ port: 3000, forward: true, label: null, protocol: null, onAutoForward: null }],
  };
  await ground.start();
  const dialled = await ground.joined();
  expect(await dialled.nextOf('declared-ports')).toEqual(declared);
  dialled.socket.close(agentClose.restart);
  expect(await (await ground.joined()).nextOf('declared-ports')).toEqual(declared);
});

test('those that listen are said', async () => {
  await ground.start();
  expect(await (await ground.joined()).nextOf('ports')).toEqual({ type: 'ports', ports: expect.any(Array) });
});

test('a connection to one is dialled back, and ends with the control connection', async () => {
  await ground.start();
  const dialled = await ground.joined();
  dialled.send({ type: 'open', stream: 'x', port: Number(ground.server.url.port) });
  const { authorization, path, ended } = await ground.server.stream();
  expect({ authorization, path }).toEqual({
    authorization: `Bearer ${joinToken}`,
    path: '/agent/v1/streams/x',
  });
  dialled.socket.terminate();
  expect(await ended).toBe(1006);
});

test('one that nothing listens on is refused', async () => {
  await ground.start();
  const dialled = await ground.joined();
  dialled.send({ type: 'open', stream: 'x', port: 1 });
  expect(await dialled.nextOf('stream-refused')).toEqual({
    type: 'stream-refused',
    stream: 'x',
    code: 'not-listening',
  });
});

test('a restart of the replica shows in the hello, one of the agent doesn’t', async () => {
  const boots: string[] = [];
  for (const boot of ['pod-1', 'pod-1', 'pod-2']) {
    const agent = await ground.start({ boot });
    boots.push((await (await ground.server.dialled()).nextOf('hello')).boot);
    await ground.stop(agent);
  }
  expect(boots[1]).toBe(boots[0]);
  expect(boots[2]).not.toBe(boots[0]);
});
