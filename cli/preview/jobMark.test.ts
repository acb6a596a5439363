import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { jobMark, ownerOf, writeMark } from './jobMark.ts';

test('what this job has marked is its own', () => {
  const mark = jobMark();
  expect(mark).toEqual({ pid: process.ppid, startTime: expect.stringMatching(/^\d+$/) });
  expect(ownerOf(mark && writeMark(mark))).toBe('ours');
});

test('what the mark of a process says that started neither us nor any of ours is another job’s, until it ends', async () => {
  const other = spawn('cat', { stdio: ['pipe', 'pipe', 'ignore'] });
  // It runs once it answers.
  other.stdin.write('x');
  await once(other.stdout, 'data');
  const startTime = ownStartTime(other.pid ?? 0);
  expect(ownerOf(`${other.pid} ${startTime}`)).toBe('another');
  expect(ownerOf(`${other.pid} ${Number(startTime) + 1}`)).toBe('nobody');
  const ended = once(other, 'close');
  other.stdin.end();
  await ended;
  expect(ownerOf(`${other.pid} ${startTime}`)).toBe('nobody');
});

test.each([[null], [''], ['1'], ['x y'], ['1 2; rm -rf /'], ['99999999999 1'], ['0 0']])(
  'a mark that says nothing is nobody’s: %j',
  (text) => {
    expect(ownerOf(text)).toBe('nobody');
  },
);

function ownStartTime(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}
