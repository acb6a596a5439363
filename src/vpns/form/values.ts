import type { Vpn, VpnChange, VpnCreate, VpnSettings } from '../../../contract/vpns.ts';

/**
 * What the form holds: the settings under the API's own paths, so that a refusal's path is a field's name.
 * Lifetimes are NaN while no number is typed; `peerId` and, when editing, `preSharedKey` are '' for “not set here”.
 */
export type VpnFormValues = Omit<VpnSettings, 'peerId'> & { peerId: string; preSharedKey: string };

const settingNames = [
  'name',
  'ike',
  'esp',
  'peerIp',
  'peerId',
  'peerSubnets',
  'udpEncapsulation',
  'dpdDelaySeconds',
] as const satisfies readonly (keyof VpnSettings)[];

export function toFormValues(settings: VpnSettings): VpnFormValues {
  const { name, ike, esp, peerIp, peerSubnets, udpEncapsulation, dpdDelaySeconds } = settings;
  return {
    name,
    preSharedKey: '',
    ike,
    esp,
    peerIp,
    peerId: settings.peerId ?? '',
    peerSubnets,
    udpEncapsulation,
    dpdDelaySeconds,
  };
}

/** Surrounding blanks of addresses and names are slips of pasting; those of the key are not ours to remove. */
export function toSettings(values: VpnFormValues): VpnSettings {
  const { preSharedKey: _, ...settings } = values;
  const peerId = values.peerId.trim();
  return {
    ...settings,
    name: values.name.trim(),
    peerIp: values.peerIp.trim(),
    peerId: peerId === '' ? null : peerId,
  };
}

export const toVpnCreate = (values: VpnFormValues): VpnCreate => ({
  ...toSettings(values),
  preSharedKey: values.preSharedKey,
});

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A setting is compared by its content; objects come from one schema, so their keys are in one order. */
const picked = (settings: VpnSettings, name: (typeof settingNames)[number]): unknown =>
  name === 'ike' || name === 'esp'
    ? Object.entries(settings[name]).toSorted(([a], [b]) => a.localeCompare(b))
    : settings[name];

/** Only what differs from the stored VPN: what a PATCH sends, and what the activity will name. */
export function toVpnChange(stored: Vpn, values: VpnFormValues): VpnChange {
  const settings = toSettings(values);
  const changed = settingNames.filter((name) => !same(picked(stored, name), picked(settings, name)));
  return {
    ...Object.fromEntries(changed.map((name) => [name, settings[name]])),
    ...(values.preSharedKey === '' ? {} : { preSharedKey: values.preSharedKey }),
  };
}

/** Every setting but the name reaches the replicas and changes their tunnels. */
export const concernsTunnels = (change: VpnChange): boolean =>
  Object.keys(change).some((name) => name !== 'name');
