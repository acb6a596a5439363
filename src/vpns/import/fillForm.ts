import type { ImportedConnection } from '../../../contract/gatewayImport/imported.ts';
import type { VpnFormValues } from '../form/values.ts';

/**
 * The form with what the file says put in; what the file doesn't say stays as it is. A name that is typed already stays too:
 * what a connection is called on the gateway is only a suggestion.
 */
export function fillForm(
  values: VpnFormValues,
  { settings, preSharedKey }: ImportedConnection,
): VpnFormValues {
  const { name, ike, esp, peerId, ...rest } = settings;
  return {
    ...values,
    ...rest,
    ...(name === undefined || values.name.trim() !== '' ? {} : { name }),
    ...(preSharedKey === null ? {} : { preSharedKey }),
    ...(peerId === undefined ? {} : { peerId: peerId ?? '' }),
    ike: { ...values.ike, ...ike },
    esp: { ...values.esp, ...esp },
  };
}
