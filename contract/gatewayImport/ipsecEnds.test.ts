import { describe, expect, test } from 'vitest';
import { conn, connectionOf, lineOf } from './imported.testing.ts';

describe('which side is the gateway', () => {
  test.each([
    ['by custom left', ['left=1.2.3.4', 'right=%any'], '1.2.3.4'],
    ['right, where left may be anybody', ['left=%any', 'right=1.2.3.4'], '1.2.3.4'],
    [
      'right, where left asks for an address',
      ['left=%defaultroute', 'leftsourceip=%config', 'right=1.2.3.4'],
      '1.2.3.4',
    ],
    ['left, where nothing tells', ['left=1.2.3.4', 'right=5.6.7.8'], '1.2.3.4'],
  ])('%s', (_, settings, peerIp) => {
    expect(connectionOf(conn(...settings)).settings.peerIp).toBe(peerIp);
  });

  test('that it is right is said, with what decided', () => {
    const note = 'left may have any address, so left stands for the workspaces and right is the gateway.';
    expect(lineOf(conn('left=%any', 'right=1.2.3.4'), 'left').note).toBe(note);
  });

  test.each([
    ['right=5.6.7.8', 'Only 5.6.7.8 may connect. Replicas come from many addresses: set right=%any.'],
    ['rightid=berlin', 'Only berlin may connect. Each replica has an identity of its own: set rightid=%any.'],
    ['rightsubnet=10.9.0.0/16', /^Replicas have one virtual address each and no network behind them/],
  ])('what lets only one in is refused: %s', (setting, note) => {
    const line = lineOf(conn('left=1.2.3.4', setting), setting);
    expect(line.verdict).toBe('refused');
    expect(line.note).toMatch(note);
  });
});

describe('address and identity', () => {
  test.each([
    [['left=1.2.3.4'], { peerIp: '1.2.3.4', peerId: null }],
    [['left=1.2.3.4', 'leftid=1.2.3.4'], { peerIp: '1.2.3.4', peerId: null }],
    [['left=%defaultroute', 'leftid=1.2.3.4'], { peerIp: '1.2.3.4', peerId: null }],
    [['left=1.2.3.4', 'leftid=@vpn.example.com'], { peerIp: '1.2.3.4', peerId: 'vpn.example.com' }],
    [['left=1.2.3.4', 'leftid=fqdn:vpn.example.com'], { peerIp: '1.2.3.4', peerId: 'vpn.example.com' }],
    [['left=1.2.3.4', 'leftid=@@gw@example.com'], { peerIp: '1.2.3.4', peerId: 'gw@example.com' }],
    [['left=10.0.0.1'], { peerId: '10.0.0.1' }],
    [['left=10.0.0.1', 'leftid=1.2.3.4'], { peerIp: '1.2.3.4', peerId: null }],
    [['left=gw.example.com'], {}],
    [['leftid="C=DE, CN=gw"', 'left=1.2.3.4'], { peerIp: '1.2.3.4' }],
    [['left=1.2.3.4,1.2.3.5'], {}],
  ])('%j', (settings, expected) => {
    const { peerIp, peerId } = connectionOf(conn(...settings)).settings;
    expect(JSON.parse(JSON.stringify({ peerIp, peerId }))).toEqual(expected);
  });

  test('a private address is the peer IP only where the operator allows it', () => {
    expect(connectionOf(conn('left=10.0.0.1'), { allowPrivatePeers: true }).settings.peerIp).toBe('10.0.0.1');
    expect(connectionOf(conn('left=10.0.0.1')).missing[0]).toMatch(/^Peer IP: /);
  });
});

describe('subnets', () => {
  test.each([
    ['10.1.0.0/16', ['10.1.0.0/16']],
    ['10.1.0.0/16, 10.2.0.0/16', ['10.1.0.0/16', '10.2.0.0/16']],
    ['10.1.0.0/16,10.1.2.0/24', ['10.1.0.0/16']],
    ['10.1.2.0/24,10.1.0.0/16', ['10.1.0.0/16']],
    ['10.1.0.0/16,10.1.0.0/16', ['10.1.0.0/16']],
    ['10.1.2.3/16', ['10.1.0.0/16']],
    ['10.1.0.0/16,1.2.3.4/32', ['10.1.0.0/16']],
    ['10.1.0.0/16,0.0.0.0/0', ['10.1.0.0/16']],
    ['0.0.0.0/1,128.0.0.0/1', undefined],
    ['10.1.0.1', undefined],
    ['10.1.0.0/', undefined],
    ['10.1.0.0/0x18', undefined],
    ['10.1.0.0/16[tcp/80]', undefined],
    ['%dynamic', undefined],
    ['127.0.0.0/8', undefined],
  ])('leftsubnet=%s: %s', (value, subnets) => {
    const text = conn('left=1.2.3.4', `leftsubnet=${value}`);
    expect(connectionOf(text).settings.peerSubnets).toEqual(subnets);
    if (subnets === undefined) expect(lineOf(text, 'leftsubnet').verdict).toBe('refused');
  });
});
