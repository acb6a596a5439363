import { describe, expect, test } from 'vitest';
import { bytesBetween, occurrencesBetween, type Reported } from './tunnelEvents.ts';

const up: Reported = {
  state: 'up',
  since: '2026-11-21T08:00:00.000Z',
  virtual_ip: '10.200.0.3',
  bytes_in: 100,
  bytes_out: 200,
  applied_revision: 1,
  diagnosis_code: null,
  rekeyed_at: null,
  change: null,
  reported_at: '2026-11-21T08:00:01.000Z',
};
const later = { reported_at: '2026-11-21T09:00:00.000Z' };
const failed: Reported = {
  ...up,
  ...later,
  state: 'failed',
  since: '2026-11-21T08:59:59.000Z',
  virtual_ip: null,
  bytes_in: 0,
  bytes_out: 0,
  diagnosis_code: 'gateway_unreachable',
};
const wentBack = (revision: number, at: string) =>
  JSON.stringify({
    revision,
    state: 'went-back',
    reason: 'failed',
    diagnosis: { code: 'psk_differs_v2', parts: {}, log: [] },
    at,
  });

const told = (before: Reported | null, now: Reported) =>
  occurrencesBetween(before, now).map(({ kind, at, code, text }) =>
    [kind, at.slice(11, 19), code, text].filter((part) => part !== null && part !== '').join(' '),
  );

describe('what happened between two reports of a tunnel', () => {
  test.each<[string, Reported | null, Reported, string[]]>([
    ['the first says that it is up', null, up, ['up 08:00:00 10.200.0.3']],
    ['nothing but counters changed', up, { ...up, ...later, bytes_in: 900 }, []],
    ['it failed', up, failed, ['down 08:59:59', 'diagnosed 09:00:00 gateway_unreachable']],
    ['it failed the same way once more', failed, { ...failed, since: later.reported_at }, []],
    ['it is up again', failed, { ...up, ...later, since: later.reported_at }, ['up 09:00:00 10.200.0.3']],
    [
      'it was down in between',
      up,
      { ...up, ...later, since: '2026-11-21T08:59:00.000Z' },
      ['down 09:00:00', 'up 08:59:00 10.200.0.3'],
    ],
    [
      'its keys were renewed',
      up,
      { ...up, ...later, rekeyed_at: '2026-11-21T08:50:00.000Z' },
      ['rekeyed 08:50:00'],
    ],
    [
      'other settings apply, without an interruption',
      up,
      { ...up, ...later, applied_revision: 2 },
      ['changed 09:00:00'],
    ],
    [
      'a change went back',
      up,
      { ...up, ...later, change: wentBack(2, '2026-11-21T08:58:00.000Z') },
      ['went-back 08:58:00 psk_differs_v2'],
    ],
    [
      'a change that went back is reported once more',
      { ...up, change: wentBack(2, '2026-11-21T08:58:00.000Z') },
      { ...up, ...later, change: wentBack(2, '2026-11-21T08:58:00.000Z') },
      [],
    ],
    [
      'it is up with a warning',
      up,
      { ...up, ...later, diagnosis_code: 'nothing_comes_back' },
      ['diagnosed 09:00:00 nothing_comes_back'],
    ],
    ['the warning is gone', { ...up, diagnosis_code: 'nothing_comes_back' }, { ...up, ...later }, []],
  ])('%s', (_what, before, now, events) => {
    expect(told(before, now)).toEqual(events);
  });
});

test.each<[string, Reported | null, Reported, { in: number; out: number }]>([
  ['counters that grew', up, { ...up, bytes_in: 150, bytes_out: 260 }, { in: 50, out: 60 }],
  ['the first report', null, up, { in: 100, out: 200 }],
  ['a tunnel that began anew', up, { ...up, bytes_in: 10, bytes_out: 20 }, { in: 10, out: 20 }],
  ['a tunnel that is down', up, failed, { in: 0, out: 0 }],
])('the bytes since the report before: %s', (_what, before, now, bytes) => {
  expect(bytesBetween(before, now)).toEqual(bytes);
});
