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

export type EntryProblem = { message: string; fix: Fix | undefined };

export type ListProblems = {
  /** What concerns the list as a whole. */
  whole: string | undefined;
  /** What is wrong with the entry at this index. */
  at: (index: number) => EntryProblem | undefined;
};

/**
 * What to show at the entries of a list, each at its own. Where the form's own rules refuse nothing, what the server
 * refused stands at the entries that it named.
 */
export function useListProblems(name: 'ike.proposals' | 'esp.proposals'): ListProblems {
  const form = useFormContext<VpnFormValues>();
  const shown = form.getFieldState(name, form.formState).error;
  const own = refusalsOf(useContext(Refusals), name);
  if (shown === undefined) return { whole: undefined, at: () => undefined };

  const byServer = Object.entries(shown.types ?? {}).map(([path, message]) => ({
    path,
    code: 'server',
    message: String(message),
  }));
  const refusals: FieldRefusal[] = own.length > 0 ? own : byServer;
  const whole = refusals.find(({ path }) => indexOf(path) === undefined)?.message;
  const change = (value: string[]) =>
    form.setValue(name, value, { shouldDirty: true, shouldValidate: true, shouldTouch: true });
  const fixOf = ({ code, suggestion }: FieldRefusal, index: number): Fix | undefined => {
    const list = form.getValues(name);
    if (code === 'proposal_duplicate') {
      return { label: 'Remove this one', apply: () => change(list.toSpliced(index, 1)) };
    }
    if (suggestion === undefined) return undefined;
    return { label: `Use ${suggestion}`, apply: () => change(replaceAt(list, index, suggestion)) };
  };
  return {
    whole: refusals.length === 0 ? shown.message : whole,
    at: (index) => {
      const refusal = refusals.find(({ path }) => indexOf(path) === index);
      return refusal && { message: refusal.message, fix: fixOf(refusal, index) };
    },
  };
}
