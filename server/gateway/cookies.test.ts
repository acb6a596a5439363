import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clearCookieLine,
  cookieValues,
  setCookieLine,
  withoutOwnCookies,
  withoutOwnSetCookies,
} from './cookies.ts';

const settings = { installationId: 'k7' };
const ours = '__Host-Http-culvert-k7';

describe('what the app is sent', () => {
  test.each([
    ['only ours', `${ours}-port=x`, null],
    ['all of ours', `${ours}=s; ${ours}-port=x; ${ours}-flow-abc=y; ${ours}-seen=1; ${ours}-replica=r`, null],
    ['ours first', `${ours}-port=x; a=1`, 'a=1'],
    ['ours in the middle', `a=1; ${ours}-port=x; b=2`, 'a=1; b=2'],
    ['ours last', `a=1; ${ours}-port=x`, 'a=1'],
    ['ours without blanks', `a=1;${ours}-port=x;b=2`, 'a=1;b=2'],
    ['ours twice', `${ours}-port=x; a=1; ${ours}-port=y`, 'a=1'],
    ['ours with blanks around', `a=1;   ${ours}-port = x`, 'a=1'],
    ['ours as the value of a cookie without a name', `a=1; =${ours}-port=x`, 'a=1'],
    ['ours without a value', `a=1; ${ours}-port`, 'a=1'],
    ['ours in other letters', `a=1; ${ours.toUpperCase()}-port=x`, 'a=1'],
  ])('holds none of %s', (_what, header, left) => {
    expect(withoutOwnCookies(header, settings)).toBe(left);
  });

  test.each([
    'a=1',
    'a=1; b="q;uo"; ;c==; =d',
    '  a = 1 ;b=2;',
    `a=${ours}-port=x`,
    `x${ours}-port=x`,
    '__Host-Http-culvert-other-port=x',
    '',
  ])('is byte for byte what came where none is ours: %j', (header) => {
    expect(withoutOwnCookies(header, settings)).toBe(header);
  });

  test('keeps the others whatever they look like', () => {
    const other = fc
      .string({ unit: fc.constantFrom('a', '=', '"', ' ', '%', ','), minLength: 1 })
      .map((text) => `n${text}`);
    fc.assert(
      fc.property(fc.array(other), fc.array(other), (before, after) => {
        const left = withoutOwnCookies([...before, `${ours}-port=x`, ...after].join(';'), settings);
        const wanted = [...before, ...after].join(';');
        expect(left).toBe(wanted === '' ? null : wanted);
      }),
    );
  });
});

describe('what the app sets', () => {
  test.each([
    `${ours}-port=x; Path=/`,
    `${ours}=x`,
    ` \t${ours}-seen=1`,
    `=${ours}-port=x`,
    ` = ${ours}-port=x`,
    `${ours.toLowerCase()}-port=x`,
  ])('can’t be one of ours: %j', (line) => {
    expect(withoutOwnSetCookies(['a=1; Path=/', line], settings)).toEqual(['a=1; Path=/']);
  });

  test('is the app’s own in every other case, byte for byte', () => {
    const lines = [`sid=${ours}`, '__Host-sid=1; Path=/; Secure', `a=b; Path=/${ours}`, ''];
    expect(withoutOwnSetCookies(lines, settings)).toEqual(lines);
  });
});

test('a cookie is found by its exact name, every value of it', () => {
  const header = `xa=0; a=1; A=2; a=3=4; a-b=5; a`;
  expect(cookieValues(header, 'a')).toEqual(['1', '3=4']);
  expect(cookieValues(null, 'a')).toEqual([]);
});

test('ours belong to one host, are sent over secure connections and are out of reach of scripts', () => {
  const always = 'Path=/; Secure; HttpOnly; SameSite=Lax';
  expect(setCookieLine(`${ours}-replica`, 'rep_1')).toBe(`${ours}-replica=rep_1; ${always}`);
  expect(setCookieLine(`${ours}-seen`, '1', { maxAge: 5 })).toBe(
    `${ours}-seen=1; Path=/; Max-Age=5; Secure; HttpOnly; SameSite=Lax`,
  );
  expect(setCookieLine(`${ours}-port`, 'x', { expires: new Date(0) })).toBe(
    `${ours}-port=x; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure; HttpOnly; SameSite=Lax`,
  );
  expect(clearCookieLine(`${ours}-port`)).toContain('; Max-Age=0;');
});
