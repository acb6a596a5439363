import { describe, expect, it } from 'vitest';
import { durationWords, toDuration, toSeconds, type Duration } from './duration.ts';

describe('seconds become the largest whole unit', () => {
  it.each<[number, Duration]>([
    [3600, { amount: '1', unit: 'hours' }],
    [28_800, { amount: '8', unit: 'hours' }],
    [5400, { amount: '90', unit: 'minutes' }],
    [3601, { amount: '3601', unit: 'seconds' }],
    [Number.NaN, { amount: '', unit: 'hours' }],
  ])('%d', (seconds, duration) => {
    expect(toDuration(seconds)).toEqual(duration);
  });
});

describe('typed durations become whole seconds', () => {
  it.each<[string, Duration['unit'], number]>([
    ['1', 'hours', 3600],
    [' 8 ', 'hours', 28_800],
    ['1.5', 'hours', 5400],
    ['1,5', 'hours', 5400],
    ['0.1', 'minutes', 6],
    ['300', 'seconds', 300],
  ])('%s %s', (amount, unit, seconds) => {
    expect(toSeconds({ amount, unit })).toBe(seconds);
  });

  it.each(['', '1h', '0x10', '1e3', '-1', '1.2.3', 'Infinity'])('“%s” is no number', (amount) => {
    expect(toSeconds({ amount, unit: 'hours' })).toBeNaN();
  });

  it('refuses fractions of a second', () => {
    expect(toSeconds({ amount: '0.5', unit: 'seconds' })).toBeNaN();
  });
});

describe('words', () => {
  it.each([
    [3600, '1 hour'],
    [28_800, '8 hours'],
    [60, '1 minute'],
    [45, '45 seconds'],
  ])('%d s is %s', (seconds, words) => {
    expect(durationWords(seconds)).toBe(words);
  });
});
