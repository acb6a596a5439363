import { createContext, useContext } from 'react';
import { useFormContext } from 'react-hook-form';
import type { FieldRefusal } from '../../../contract/vpns.ts';
import type { Fix } from '../../ui/form/Field.tsx';
import { indexOf, refusalsOf, replaceAt, type FieldName } from './checkForm.ts';
import type { VpnFormValues } from './values.ts';

/** What the rules refuse in the form as it stands, whether or not it is time to show it. */
export const Refusals = createContext<readonly FieldRefusal[]>([]);

export type FieldProblem = {
  error: string | undefined;
  fix: Fix | undefined;
  /** For lists: whether the entry at this index is refused. */
  invalid: (index: number) => boolean;
};

const asText = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/**
 * What to show at a field. react-hook-form decides when (after leaving it, on submit, when the server refused it), the
 * rules say what and offer the correction.
 */
export function useFieldProblem(name: FieldName): FieldProblem {
  const form = useFormContext<VpnFormValues>();
  const shown = form.getFieldState(name, form.formState).error;
  const refusals = refusalsOf(useContext(Refusals), name);
  const invalid = (index: number) =>
    shown !== undefined && refusals.some((refusal) => indexOf(refusal.path) === index);
  if (shown === undefined) return { error: undefined, fix: undefined, invalid };

  const first = refusals.find((refusal) => refusal.message === shown.message);
  const { suggestion } = first ?? {};
  if (first === undefined || suggestion === undefined)
    return { error: shown.message, fix: undefined, invalid };
  const apply = () => {
    const index = indexOf(first.path);
    const value =
      index === undefined ? suggestion : replaceAt(asText(form.getValues(name)), index, suggestion);
    form.setValue(name, value, { shouldDirty: true, shouldValidate: true });
    form.setFocus(name);
  };
  return { error: shown.message, fix: { label: `Use ${suggestion}`, apply }, invalid };
}
