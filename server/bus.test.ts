import { expect, test } from 'vitest';
import { createBus } from './bus.ts';
import { TestClock } from './testing.ts';

test('topics of a quarter of a second are delivered together, once each, to the team’s listeners', () => {
  const clock = new TestClock();
  const bus = createBus(clock);
  const heard: string[] = [];
  bus.subscribe('a', (topics) => heard.push(`first ${topics.join(' ')}`));
  bus.subscribe('a', (topics) => heard.push(`second ${topics.join(' ')}`));
  bus.subscribe('b', () => heard.push('another team'));
  bus.publish('a', ['vpns', 'team']);
  bus.publish('a', ['vpns']);
  bus.publish('a', []);
  clock.advance(249);
  expect(heard).toEqual([]);
  clock.advance(1);
  expect(heard).toEqual(['first vpns team', 'second vpns team']);
  clock.advance(1000);
  expect(heard).toHaveLength(2);
});

test('who has unsubscribed hears nothing, also when that happens during a delivery', () => {
  const clock = new TestClock();
  const bus = createBus(clock);
  const heard: string[] = [];
  const stopFirst = bus.subscribe('a', () => {
    heard.push('first');
    stopSecond();
  });
  const stopSecond = bus.subscribe('a', () => heard.push('second'));
  bus.publish('a', ['team']);
  clock.advance(250);
  expect(heard).toEqual(['first']);
  bus.publish('a', ['team']);
  stopFirst();
  stopFirst();
  bus.subscribe('a', () => heard.push('third'));
  clock.advance(250);
  expect(heard).toEqual(['first']);
  bus.publish('a', ['team']);
  clock.advance(250);
  expect(heard).toEqual(['first', 'third']);
});

test('how long nothing has changed is known of every team, whoever listens', () => {
  const clock = new TestClock();
  const bus = createBus(clock);
  clock.advance(1000);
  bus.publish('a', ['vpns']);
  bus.publish('b', []);
  clock.advance(30);
  expect(bus.quietFor('a')).toBe(30);
  expect(bus.quietFor('b')).toBe(1030);
});
