import type { FieldProblem } from '../../contract/problems.ts';
import { refused } from '../http/problem.ts';
import { commonWords } from './commonWords.ts';

/** Characters that have to remain when what anybody could guess about the person is taken out. */
const REMAINDER = 8;
/** Digits and symbols around common words that add nothing worth counting: `!`, `123`, `2026`. */
const TRIMMINGS = 4;

const runs = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'yxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '!@#$%^&*()',
].flatMap((run) => [run, [...run].toReversed().join('')]);

const substitutes: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/**
 * Why a password is too easily guessed, or null (NIST SP 800-63B, 3.1.1.2: commonly used, repetitive and sequential ones,
 * and those made of context-specific words). Length is the contract’s business; there are no composition rules.
 */
export function passwordWeakness(password: string, person: { name: string; email: string }): string | null {
  const text = password.normalize('NFKC').toLowerCase();
  if (/^(.{1,8}?)\1+.{0,2}$/su.test(text))
    return 'This password repeats itself. Use one that is harder to guess.';
  if (withoutRuns(text).length <= TRIMMINGS) {
    return 'This password follows the keyboard or the alphabet. Use one that is harder to guess.';
  }
  if (isCommon(text))
    return 'This is one of the most used passwords. Use one that nobody else would think of.';
  if (withoutPersonal(text, person).length < REMAINDER) {
    return 'This password is made of your name, your email or “culvert”. Use one that says nothing about you.';
  }
  return null;
}

/** Throws 422 with `password_common` at `path` where a new password is too easily guessed. */
export function checkNewPassword(
  password: string,
  person: { name: string; email: string },
  path: string,
): void {
  const message = passwordWeakness(password, person);
  const error: FieldProblem | null = message === null ? null : { path, code: 'password_common', message };
  if (error) throw refused([error]);
}

/** The text without stretches of four or more neighbours on the keyboard, in the alphabet or among the digits. */
function withoutRuns(text: string): string {
  let rest = '';
  for (let at = 0; at < text.length;) {
    const length = Math.max(...runs.map((run) => commonPrefix(run, text.slice(at))));
    if (length < 4) rest += text.charAt(at);
    at += length < 4 ? 1 : length;
  }
  return rest;
}

/** How many characters from the start of `text` occur in `run` in one piece. */
function commonPrefix(run: string, text: string): number {
  const start = run.indexOf(text.charAt(0));
  if (start < 0) return 0;
  let length = 1;
  while (length < text.length && run.charAt(start + length) === text.charAt(length)) length += 1;
  return length;
}

/** Common words and nothing else, once trimmings are off and look-alikes (`p4ssw0rd`) are read as the letters they mean. */
function isCommon(text: string): boolean {
  const letters = text.replaceAll(/[^\p{L}]/gu, '');
  const others = text.replaceAll(/\p{L}/gu, '');
  const trimmed = text.replace(/^[^\p{L}]+/u, '').replace(/[^\p{L}]+$/u, '');
  const decoded = Array.from(trimmed, (character) => substitutes[character] ?? character).join('');
  const plainOthers = others.length <= TRIMMINGS || withoutRuns(others).length <= TRIMMINGS;
  if (letters.length > 0 && plainOthers && isMadeOfWords(letters)) return true;
  return text.length - trimmed.length <= TRIMMINGS && isMadeOfWords(decoded.replaceAll(/[^\p{L}]/gu, ''));
}

/** Whether the letters split into common words without remainder. */
function isMadeOfWords(letters: string): boolean {
  const reachable = new Set([0]);
  for (let end = 1; end <= letters.length; end += 1) {
    for (const start of reachable) {
      if (commonWords.has(letters.slice(start, end))) {
        reachable.add(end);
        break;
      }
    }
  }
  return letters.length > 0 && reachable.has(letters.length);
}

function withoutPersonal(text: string, { name, email }: { name: string; email: string }): string {
  const [local = '', domain = ''] = email.toLowerCase().split('@');
  const words = [
    email,
    local,
    domain,
    ...local.split(/[._+-]/),
    ...domain.split('.'),
    ...name.split(/\s+/),
    'culvert',
  ]
    .map((word) => word.toLowerCase())
    .filter((word) => word.length >= 3)
    .toSorted((a, b) => b.length - a.length);
  return words.reduce((rest, word) => rest.replaceAll(word, ''), text);
}
