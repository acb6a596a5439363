import type { FieldErrors, Resolver } from 'react-hook-form';
import { checkVpn, VpnSettings, type FieldRefusal } from '../../../contract/vpns.ts';
import { toSettings, type VpnFormValues } from './values.ts';

/** Fields in the order of the page: the first one refused gets the focus. */
export const fieldNames = [
  'name',
  'preSharedKey',
  'ike.version',
  'ike.lifetimeSeconds',
  'ike.proposals',
  'esp.lifetimeSeconds',
  'esp.proposals',
  'peerIp',
  'peerSubnets',
  'peerId',
  'udpEncapsulation',
  'dpdDelaySeconds',
] as const;
export type FieldName = (typeof fieldNames)[number];

export type CheckContext = {
  allowPrivatePeers: boolean;
  /** While editing, an empty key means: as it is. */
  keyIsSet: boolean;
};

/** The field that a refusal's path belongs to: `peerSubnets.1` belongs to `peerSubnets`. */
export const fieldOf = (path: string): FieldName | undefined =>
  fieldNames.find((name) => path === name || path.startsWith(`${name}.`));

export const refusalsOf = (refusals: readonly FieldRefusal[], field: FieldName): FieldRefusal[] =>
  refusals.filter(({ path }) => fieldOf(path) === field);

/** Everything the server would refuse, with the same texts, in the order of the page. */
export function checkForm(values: VpnFormValues, context: CheckContext): FieldRefusal[] {
  const settings = toSettings(values);
  const shape = VpnSettings.safeParse(settings);
  const outOfRange: FieldRefusal[] = (shape.error?.issues ?? []).map((issue) => ({
    path: issue.path.join('.'),
    code: issue.code,
    message: issue.message,
  }));
  const keyChecked = !context.keyIsSet || values.preSharedKey !== '';
  const { refusals } = checkVpn(
    { ...settings, ...(keyChecked ? { preSharedKey: values.preSharedKey } : {}) },
    { allowPrivatePeers: context.allowPrivatePeers },
  );
  const position = ({ path }: FieldRefusal) => fieldNames.indexOf(fieldOf(path) ?? 'name');
  return [...outOfRange, ...refusals].toSorted((a, b) => position(a) - position(b));
}

/** Tells react-hook-form which fields are refused, one message each. */
export const resolveForm =
  (context: CheckContext): Resolver<VpnFormValues> =>
  (values) => {
    const refusals = checkForm(values, context);
    if (refusals.length === 0) return { values, errors: {} };
    const errors: FieldErrors<VpnFormValues> = {};
    for (const { path, code, message } of refusals.toReversed()) {
      const field = fieldOf(path);
      if (field !== undefined) setNested(errors, field.split('.'), { type: code, message });
    }
    return { values: {}, errors };
  };

function setNested(target: Record<string, unknown>, path: string[], value: unknown): void {
  const [head, ...rest] = path;
  if (head === undefined) return;
  if (rest.length === 0) {
    target[head] = value;
    return;
  }
  const inner: Record<string, unknown> = { ...Object(target[head]) };
  setNested(inner, rest, value);
  target[head] = inner;
}

/** The values with one refused entry replaced by the value that would be accepted. */
export function replaceAt(list: readonly string[], index: number, suggestion: string): string[] {
  const replaced = list.map((text, at) => (at === index ? suggestion : text));
  return replaced.filter((text, at) => replaced.indexOf(text) === at);
}

/** The index in `peerSubnets.1`; undefined where the whole list is meant. */
export function indexOf(path: string): number | undefined {
  const last = path.split('.').at(-1) ?? '';
  return /^\d+$/.test(last) ? Number(last) : undefined;
}
