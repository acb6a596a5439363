import { useContext } from 'react';
import { useController, useFormContext, useWatch } from 'react-hook-form';
import {
  commonProposals,
  describeProposal,
  parseProposal,
  weaknesses,
  type Phase,
} from '../../../contract/proposals.ts';
import type { IkeVersion } from '../../../contract/vpns.ts';
import { TagInput } from '../../ui/form/TagInput.tsx';
import { refusalsOf } from './checkForm.ts';
import { Refusals, useFieldProblem } from './problems.ts';
import { SuiteWords } from './SuiteWords.tsx';
import { acceptedSuites } from './suites.ts';
import type { VpnFormValues } from './values.ts';
import { WithWarnings } from './WithWarnings.tsx';

const suggestionsFor = (phase: Phase, version: IkeVersion) =>
  commonProposals(phase, version).map((value) => {
    const parsed = parseProposal(value, phase, version);
    return parsed.ok ? { value, detail: describeProposal(parsed.value) } : { value };
  });

/** The cipher suites of one phase, in order of preference, each with its meaning in words below. */
export function SuitesField({ phase }: { phase: Phase }) {
  const name = `${phase}.proposals` as const;
  const { control, trigger } = useFormContext<VpnFormValues>();
  const version = useWatch<VpnFormValues, 'ike.version'>({ name: 'ike.version' });
  const { field } = useController<VpnFormValues, typeof name>({ name, control });
  const problem = useFieldProblem(name);
  const refused = refusalsOf(useContext(Refusals), name).length;
  const change = (value: string[]) => {
    field.onChange(value);
    void trigger(name);
  };

  const parsed = field.value.map((text) => parseProposal(text, phase, version));
  const warnings = parsed.flatMap((result) =>
    result.ok ? weaknesses(result.value).map((message) => message) : [],
  );
  // Several refused at once, as after switching the version: one button mends them all.
  const mended = acceptedSuites(field.value, phase, version);
  const mendAll = { label: `Use ${mended.join(', ')}`, apply: () => change(mended) };
  const needsAll = problem.error !== undefined && (refused > 1 || problem.fix === undefined);

  return (
    <WithWarnings warnings={[...new Set(warnings)]}>
      <TagInput
        label="Cipher Suites"
        placeholder={field.value.length === 0 ? 'Add a suite, such as aes256-sha256-modp2048' : 'Add a suite'}
        value={field.value}
        onChange={change}
        onBlur={field.onBlur}
        ref={field.ref}
        suggestions={suggestionsFor(phase, version)}
        invalid={problem.invalid}
        error={problem.error}
        fix={needsAll && mended.length > 0 ? mendAll : problem.fix}
        help={<SuiteWords suites={field.value} phase={phase} version={version} />}
      />
    </WithWarnings>
  );
}
