import { beforeAll, describe, expect, test } from 'vitest';
import { createPortWorld, visitOf, type PortWorld, type TestPort } from '../testing/portWorld.ts';
import type { Kind } from '../testing/requests.ts';
import type { PortFailure } from '../portGateway.ts';
import * as accessPages from './accessPages.ts';
import { createAnswers, type Answers } from './answers.ts';
import type { Explanation } from './explanation.ts';
import { failureExplanation, noReplicaExplanation } from './failurePages.ts';
import { interstitialPage } from './interstitialPage.ts';

const reasons = [
  'not-listening',
  'replica-offline',
  'wrong-protocol',
  'bad-answer',
  'timeout',
  'too-many',
] as const;

let world: PortWorld;
let port: TestPort;
let answers: Answers;

beforeAll(async () => {
  world = await createPortWorld();
  port = await world.addPort({ visibility: 'organization' });
  answers = await createAnswers(world.deps.settings);
});

const context = (owner: boolean, signIn: string | null = null) => ({
  port: {
    id: 'port_a',
    number: 3000,
    protocol: 'http' as const,
    visibility: 'private' as const,
    accessEpoch: 1,
    ownerId: 'user_a',
    workspaceId: 'ws_a',
    teamId: 'team_a',
    policy: { organization: true, public: true },
  },
  publicUrl: 'https://culvert.example.com',
  owner,
  signIn,
});

const everything: [string, Explanation][] = [
  ...Object.entries(accessPages),
  ...reasons.map((reason): [string, Explanation] => [reason, failureExplanation(reason, context(true))]),
  ...reasons.map((reason): [string, Explanation] => [
    `${reason}, to others`,
    failureExplanation(reason, context(false, '/a')),
  ]),
  ['no replica', noReplicaExplanation(context(true))],
  ['no replica, to others', noReplicaExplanation(context(false))],
  ['interstitial', interstitialPage('/a')],
];

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `'sha256-${Buffer.from(digest).toString('base64')}'`;
}

describe.each(everything)('the page %s', (_name, explanation) => {
  const page = () => answers.page(explanation, 'GET');

  test('is one that a screen reader finds its way through', async () => {
    const text = await page().text();
    expect(text).toMatch(/^<!doctype html>\s*<html lang="en">/);
    expect(text.match(/<h1>/g)).toHaveLength(1);
    expect(text.match(/<main>/g)).toHaveLength(1);
    expect(text).toMatch(/<title>[^<]+ · Culvert<\/title>/);
    expect(text).toContain('name="viewport"');
  });

  test('holds all that it needs, and its policy allows that alone', async () => {
    const response = page();
    const text = await response.text();
    const policy = response.headers.get('content-security-policy') ?? '';
    const style = /<style>([^]*)<\/style>/.exec(text)?.[1] ?? '';
    const script = /<script>([^]*)<\/script>/.exec(text)?.[1];
    expect(policy).toContain(`style-src ${await sha256(style)}`);
    if (script === undefined) expect(policy).not.toContain('script-src');
    else expect(policy).toContain(`script-src ${await sha256(script)}`);
    expect(script !== undefined).toBe(explanation.retries === true);
    expect(policy).toMatch(/^default-src 'none';.*base-uri 'none'; frame-ancestors 'none'/);
    expect(policy).not.toContain('unsafe');
    expect(text).not.toMatch(/ src=|@import|url\(| style=| on\w+=/);
    expect(text.replaceAll(/href="(?:data:,|\/|https:\/\/culvert\.example\.com\/|")/g, '')).not.toContain(
      'href=',
    );
  });

  test('is kept and indexed by nobody, and tells no referrer to others', async () => {
    const { headers } = page();
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-robots-tag')).toBe('noindex');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('referrer-policy')).toMatch(/^(?:no-referrer|same-origin)$/);
    expect(await page().text()).toContain('<meta name="robots" content="noindex" />');
  });

  test('has no body for HEAD', async () => {
    expect(await answers.page(explanation, 'HEAD').text()).toBe('');
  });
});

test('every page has a heading and a code of its own', () => {
  const own = everything.filter(([name]) => !name.includes('to others'));
  expect(new Set(own.map(([, { title }]) => title)).size).toBe(own.length);
});

describe('a visit that fails', () => {
  const failureOf = async (reason: PortFailure, kind: Kind, headers: Record<string, string> = {}) => {
    const cookie = await world.giveCookie(port, world.member.id);
    return visitOf(await world.admit(port, { kind, headers: { cookie, ...headers } })).failure(reason);
  };

  test.each([
    ['not-listening', 502, 'Nothing is listening on port 3000'],
    ['replica-offline', 502, 'The workspace is not connected'],
    ['wrong-protocol', 502, 'Port 3000 doesn’t speak HTTP'],
    ['bad-answer', 502, 'Port 3000 gave no answer that can be passed on'],
    ['timeout', 504, 'Port 3000 took too long to answer'],
    ['too-many', 503, 'Too many connections to port 3000'],
  ] as const)('because of %s answers %d: %s', async (reason, status, title) => {
    const page = await failureOf(reason, 'navigation');
    expect(page.status).toBe(status);
    expect(await page.text()).toContain(`<h1>${title}</h1>`);
    for (const kind of ['fetch', 'upgrade', 'POST'] as const) {
      const problem = await failureOf(reason, kind);
      expect(problem.status).toBe(status);
      expect(problem.headers.get('content-type')).toBe('application/problem+json');
      expect(await problem.json()).toMatchObject({
        type: 'about:blank',
        status,
        title,
        code: reason.replace('-', '_'),
      });
    }
    const head = await failureOf(reason, 'HEAD');
    expect([head.status, await head.text()]).toEqual([status, '']);
  });

  test('where nothing listens says what to bind to', async () => {
    const text = await (await failureOf('not-listening', 'navigation')).text();
    expect(text).toContain('<code>127.0.0.1:3000</code> or <code>0.0.0.0:3000</code>');
  });

  test('can be read by pages of other ports, with the viewer’s cookie', async () => {
    const sibling = await world.addPort({ number: 4000 });
    const { headers } = await failureOf('timeout', 'fetch', { origin: sibling.origin });
    expect(headers.get('access-control-allow-origin')).toBe(sibling.origin);
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    expect(headers.get('vary')).toBe('Origin');
  });

  test('by the wrong protocol gives the owner the button, and others the words', async () => {
    const asOwner = { cookie: await world.giveCookie(port, world.owner.id) };
    const owner = await (await failureOf('wrong-protocol', 'navigation', asOwner)).text();
    const { team, workspace } = world;
    expect(owner).toContain(
      `href="http://localhost:8080/teams/${team.id}/workspaces/${workspace.id}/ports?port=3000&amp;protocol=https"`,
    );
    expect(owner).toContain('Switch to HTTPS');
    const member = await (await failureOf('wrong-protocol', 'navigation')).text();
    expect(member).not.toContain(workspace.id);
    expect(member).toContain('Ask the owner of the workspace to switch the port to HTTPS');
  });

  test('of a port that should speak HTTPS is told the other way round', () => {
    const { title, more } = failureExplanation('wrong-protocol', {
      ...context(true),
      port: { ...context(true).port, protocol: 'https' },
    });
    expect(title).toBe('Port 3000 doesn’t speak HTTPS');
    expect(more?.text).toContain('ports?port=3000&amp;protocol=http"');
  });
});

test('a workspace without replicas shows the owner alone where to join one', () => {
  const link = 'https://culvert.example.com/teams/team_a/workspaces/ws_a/replicas';
  expect(noReplicaExplanation(context(true)).more?.text).toContain(`href="${link}"`);
  expect(noReplicaExplanation(context(false)).more?.text).not.toContain('ws_a');
});

test('strangers at a public port can sign in as its owner, and come back to where they were', () => {
  const { more } = failureExplanation('wrong-protocol', context(false, '/a?b="<&c'));
  expect(more?.text).toContain('href="/.culvert/sign-in?to=%2Fa%3Fb%3D%22%3C%26c"');
  expect(failureExplanation('wrong-protocol', context(false)).more?.text).not.toContain('sign-in');
});

test('whatever is put into a page is text', async () => {
  const evil = '"><script>alert(1)</script>';
  const pages = [
    answers.page(interstitialPage(`/${evil}`), 'GET'),
    answers.page({ ...accessPages.noSuchPort, title: evil, detail: evil }, 'GET'),
    answers.page(
      failureExplanation('wrong-protocol', { ...context(true), publicUrl: `https://x/${evil}` }),
      'GET',
    ),
  ];
  for (const page of pages) expect(await page.text()).not.toContain('<script>alert');
});

test('what is told to those who aren’t let in holds no number of a port', () => {
  for (const { title, detail, more } of Object.values(accessPages)) {
    expect(`${title} ${detail} ${more?.text}`).not.toMatch(/\d{2,}/);
  }
});
