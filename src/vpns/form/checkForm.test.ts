import { describe, expect, it } from 'vitest';
import { vpnDefaults } from '../../../contract/vpns.ts';
import { checkForm, fieldOf, indexOf, replaceAt } from './checkForm.ts';
import { toFormValues } from './values.ts';

const create = { allowPrivatePeers: false, keyIsSet: false };
const edit = { allowPrivatePeers: false, keyIsSet: true };
const valid = {
  ...toFormValues(vpnDefaults),
  name: 'Berlin office',
  preSharedKey: 'k3fQ9w2LmZx8Vb7Nc1Rt6Yp4',
  peerIp: '1.2.3.4',
  peerSubnets: ['10.250.0.0/24'],
};

describe('checking the form', () => {
  it('accepts what the guide enters', () => {
    expect(checkForm({ ...valid, ike: { ...valid.ike, version: 1 } }, create)).toEqual([]);
  });

  it('names every empty field, in the order of the page', () => {
    const refused = checkForm(toFormValues(vpnDefaults), create).map(({ path }) => path);
    expect(refused).toEqual(['name', 'preSharedKey', 'peerIp', 'peerSubnets']);
  });

  it('lets the key be empty where one is stored', () => {
    expect(checkForm({ ...valid, preSharedKey: '' }, edit)).toEqual([]);
  });

  it('refuses lifetimes that are no number or out of range', () => {
    const refused = checkForm(
      {
        ...valid,
        ike: { ...valid.ike, lifetimeSeconds: Number.NaN },
        esp: { ...valid.esp, lifetimeSeconds: 60 },
      },
      create,
    );
    expect(refused.map(({ path }) => path)).toEqual(['ike.lifetimeSeconds', 'esp.lifetimeSeconds']);
  });

  it('offers the subnet for a host inside of it', () => {
    const [refused] = checkForm({ ...valid, peerSubnets: ['10.250.0.0/24', '10.251.0.7/24'] }, create);
    expect(refused).toMatchObject({ path: 'peerSubnets.1', suggestion: '10.251.0.0/24' });
  });

  it('checks suites against the IKE version that is chosen', () => {
    const gcm = { ...valid.ike, proposals: ['aes256gcm16-prfsha384-ecp384'] };
    expect(checkForm({ ...valid, ike: { ...gcm, version: 2 } }, create)).toEqual([]);
    const [refused] = checkForm({ ...valid, ike: { ...gcm, version: 1 } }, create);
    expect(refused?.path).toBe('ike.proposals.0');
    const mended = [refused?.suggestion ?? ''];
    expect(checkForm({ ...valid, ike: { ...gcm, version: 1, proposals: mended } }, create)).toEqual([]);
  });
});

describe('paths', () => {
  it.each([
    ['ike.proposals.0', 'ike.proposals', 0],
    ['peerSubnets', 'peerSubnets', undefined],
    ['esp.lifetimeSeconds', 'esp.lifetimeSeconds', undefined],
    ['nothing', undefined, undefined],
  ])('%s', (path, field, index) => {
    expect(fieldOf(path)).toBe(field);
    expect(indexOf(path)).toBe(index);
  });

  it('a replaced entry isn’t there twice', () => {
    expect(replaceAt(['a', 'b', 'c'], 1, 'x')).toEqual(['a', 'x', 'c']);
    expect(replaceAt(['a', 'b'], 1, 'a')).toEqual(['a']);
  });
});
