import { describe, expect, test } from 'vitest';
import { headersForApp, headersForViewer, pairs, trailersForApp, type Arrival } from './portHeaders.ts';

const arrival: Arrival = {
  installationId: 'x1',
  address: '203.0.113.9',
  scheme: 'https',
  host: 'k3v9q2xa7m.ports.example.net',
  port: '443',
};
const ours = '__Host-Http-culvert-x1';

/** What of these headers reaches the app, without what is always added. */
const passed = (...raw: string[]) => {
  const added = pairs(headersForApp([], arrival, false)).length;
  return pairs(headersForApp(raw, arrival, false)).slice(0, pairs(raw).length === 0 ? 0 : -added);
};

describe('the app gets', () => {
  test('what the viewer sent, byte for byte and in its order, repeated headers too', () => {
    const raw = [
      'hOST',
      'a.localhost',
      'X-A',
      '1',
      'x-a',
      '2',
      'Accept',
      'ä, b',
      'Authorization',
      'Bearer culv',
    ];
    expect(passed(...raw)).toEqual(pairs(raw));
  });

  test.each([
    [['Connection', 'close']],
    [['Connection', 'keep-alive, X-Secret', 'X-Secret', '1', 'Keep-Alive', 'timeout=5']],
    [['Proxy-Connection', 'keep-alive', 'Proxy-Authorization', 'Basic x', 'Proxy', 'http://evil.example']],
    [['Upgrade', 'h2c', 'Transfer-Encoding', 'chunked', 'TE', 'gzip']],
  ])('nothing of what concerns the viewer’s connection: %j', (raw) => {
    expect(passed(...raw)).toEqual([]);
  });

  test('the host and the length of the body, whatever Connection says', () => {
    const raw = ['Connection', 'Host, Content-Length', 'Host', 'a.localhost', 'Content-Length', '3'];
    expect(passed(...raw)).toEqual(pairs(raw.slice(2)));
  });

  test.each([
    'X-Forwarded-For',
    'X-Forwarded-Host',
    'x-forwarded-prefix',
    'X_Forwarded_For',
    'X-Forwarded_For',
    'Forwarded',
    'X-Real-IP',
    'X_Real_IP',
    'True-Client-IP',
    'CF-Connecting-IP',
    'Culvert-Token',
    'culvert_token',
    'Culvert-Skip-Interstitial',
  ])('no %s from outside', (name) => {
    expect(passed(name, '198.51.100.1')).toEqual([]);
  });

  test('who asks, where and how, as the viewer has it', () => {
    expect(pairs(headersForApp([], arrival, false))).toEqual([
      ['X-Forwarded-For', '203.0.113.9'],
      ['X-Real-IP', '203.0.113.9'],
      ['X-Forwarded-Proto', 'https'],
      ['X-Forwarded-Host', 'k3v9q2xa7m.ports.example.net'],
      ['X-Forwarded-Port', '443'],
      ['Forwarded', 'for=203.0.113.9;host="k3v9q2xa7m.ports.example.net";proto=https'],
      ['Culvert-Forwarded-By', 'x1 k3v9q2xa7m.ports.example.net'],
    ]);
    const ipv6 = headersForApp([], { ...arrival, address: '2001:db8::1' }, false);
    expect(ipv6).toContain('for="[2001:db8::1]";host="k3v9q2xa7m.ports.example.net";proto=https');
    const nobody = headersForApp([], { ...arrival, address: undefined }, false);
    expect(nobody).not.toContain('X-Forwarded-For');
  });

  test('its own cookies, none of ours', () => {
    expect(passed('Cookie', `a=1; ${ours}-port=secret; b="2;${ours}-seen=1`)).toEqual([
      ['Cookie', 'a=1; b="2'],
    ]);
    expect(passed('Cookie', `${ours}-port=secret`, 'cookie', 'c=3')).toEqual([['cookie', 'c=3']]);
    expect(passed('Cookie', `${ours.toLowerCase()}-port=secret`)).toEqual([]);
  });

  test('the wish to switch protocols and to see trailers, and nothing else of that kind', () => {
    const upgrade = ['Connection', 'keep-alive, Upgrade, X-A', 'Upgrade', 'websocket', 'X-A', '1'];
    expect(pairs(headersForApp(upgrade, arrival, true)).slice(-2)).toEqual([
      ['Connection', 'Upgrade'],
      ['Upgrade', 'websocket'],
    ]);
    expect(headersForApp(upgrade, arrival, true)).not.toContain('X-A');
    expect(pairs(headersForApp(['TE', 'gzip, trailers'], arrival, false)).slice(-2)).toEqual([
      ['Connection', 'TE'],
      ['TE', 'trailers'],
    ]);
  });

  test('no trailer that couldn’t come as a header', () => {
    const raw = [
      'X-Sum',
      '1',
      'X_Forwarded_For',
      '::1',
      'Cookie',
      'a=1',
      'Content-Length',
      '0',
      'Host',
      'evil',
    ];
    expect(trailersForApp(raw)).toEqual([['X-Sum', '1']]);
  });
});

describe('the viewer gets', () => {
  const options = { installationId: 'x1', stick: null, trailers: true, upgrade: false };

  test('what the app sent, repeated headers too', () => {
    const raw = ['Set-Cookie', 'a=1', 'set-cookie', 'b=2', 'ETag', '"x"', 'Trailer', 'X-Sum', 'Date', 'now'];
    expect(headersForViewer(raw, options)).toEqual(raw);
  });

  test('nothing of what concerns the connection to the app', () => {
    const raw = [
      'Connection',
      'close, X-A',
      'X-A',
      '1',
      'Transfer-Encoding',
      'chunked',
      'Keep-Alive',
      'timeout=5',
    ];
    expect(headersForViewer(raw, options)).toEqual([]);
  });

  test.each([
    `${ours}-port=mine; Path=/`,
    `${ours}=session`,
    ` ${ours.toUpperCase()}-seen=1`,
    `=${ours}-port=mine`,
  ])('no cookie of the app’s that looks like ours: %s', (line) => {
    expect(headersForViewer(['Set-Cookie', line, 'Set-Cookie', 'a=1'], options)).toEqual([
      'Set-Cookie',
      'a=1',
    ]);
  });

  test('the cookie that has it stay with a replica', () => {
    const headers = headersForViewer(['Set-Cookie', 'a=1'], { ...options, stick: `${ours}-replica=rep_1` });
    expect(headers).toEqual(['Set-Cookie', 'a=1', 'Set-Cookie', `${ours}-replica=rep_1`]);
  });

  test('no word of trailers where none can follow', () => {
    expect(headersForViewer(['Trailer', 'X-Sum'], { ...options, trailers: false })).toEqual([]);
  });
});
