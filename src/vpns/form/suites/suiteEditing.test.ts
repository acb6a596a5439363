import { describe, expect, test } from 'vitest';
import {
  addSuite,
  cancelEditing,
  editSuite,
  moveSuite,
  severalSuites,
  shownSuites,
  writeSeveral,
  writeSuite,
} from './suiteEditing.ts';

const suites = ['a', 'b', 'c'];

describe('a row that is open', () => {
  test('a new one is at the end, and in the list from the first letter on', () => {
    const opened = addSuite(suites, 'keywords', '');
    expect(opened.suites).toEqual(suites);
    expect(shownSuites(opened)).toEqual(['a', 'b', 'c', '']);
    const typed = writeSuite(opened, 'd');
    expect(typed.suites).toEqual(['a', 'b', 'c', 'd']);
    const emptied = writeSuite(typed, ' ');
    expect(emptied.suites).toEqual(suites);
    expect(writeSuite(emptied, 'e').suites).toEqual(['a', 'b', 'c', 'e']);
  });

  test('an emptied one keeps its place, and cancelling brings back what stood there', () => {
    const opened = editSuite(suites, 1, 'keywords');
    const emptied = writeSuite(opened, '');
    expect(emptied.suites).toEqual(['a', 'c']);
    expect(shownSuites(emptied)).toEqual(['a', '', 'c']);
    expect(cancelEditing(emptied)).toEqual({ suites, editing: undefined });
    expect(cancelEditing(writeSuite(opened, 'x')).suites).toEqual(suites);
  });

  test('cancelling a new one takes it out again', () => {
    const opened = addSuite(suites, 'parts', 'd');
    expect(opened.suites).toEqual(['a', 'b', 'c', 'd']);
    expect(cancelEditing(writeSuite(opened, 'e')).suites).toEqual(suites);
    expect(cancelEditing(addSuite(suites, 'keywords', '')).suites).toEqual(suites);
  });

  test('several pasted suites take its place', () => {
    expect(writeSeveral(editSuite(suites, 1, 'keywords'), ['x', 'y']).suites).toEqual(['a', 'x', 'y', 'c']);
    expect(writeSeveral(addSuite(suites, 'keywords', ''), ['x', 'y']).suites).toEqual([...suites, 'x', 'y']);
  });
});

test.each([
  [0, 1, ['b', 'a', 'c']],
  [2, 0, ['c', 'a', 'b']],
  [1, 1, ['a', 'b', 'c']],
])('moving %i to %i', (from, to, expected) => expect(moveSuite(suites, from, to)).toEqual(expected));

test.each([
  ['aes256-sha256,aes128-sha1\naes256-sha256', ['aes256-sha256', 'aes128-sha1']],
  ['aes256-sha256', []],
  ['aes256, sha256', []],
  ['aes256 - sha256', []],
])('%j holds the suites %j', (text, expected) => expect(severalSuites(text)).toEqual(expected));
