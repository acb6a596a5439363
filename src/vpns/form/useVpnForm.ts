import { useMemo } from 'react';
import { useForm, type UseFormReturn } from 'react-hook-form';
import { resolveForm, type CheckContext } from './checkForm.ts';
import type { VpnFormValues } from './values.ts';

/**
 * The state of the VPN form. Its values start from `defaults` once: what the server says later never resets a form in
 * progress. A field is checked when it is left, then with each change.
 */
export function useVpnForm(defaults: VpnFormValues, context: CheckContext): UseFormReturn<VpnFormValues> {
  const { allowPrivatePeers, keyIsSet } = context;
  const resolver = useMemo(() => resolveForm({ allowPrivatePeers, keyIsSet }), [allowPrivatePeers, keyIsSet]);
  return useForm<VpnFormValues>({ defaultValues: defaults, resolver, mode: 'onTouched' });
}
