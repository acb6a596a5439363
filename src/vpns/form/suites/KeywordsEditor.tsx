import { useState } from 'react';
import { locatePart } from '../../../../contract/proposalPart.ts';
import { describeProposal, parseProposal } from '../../../../contract/proposals.ts';
import type { SuiteContext } from '../../../../contract/suiteParts.ts';
import { MarkedField } from '../../../ui/form/MarkedField.tsx';
import type { EntryProblem } from '../problems.ts';
import { severalSuites } from './suiteEditing.ts';
import { isUnfinished } from './unfinished.ts';

type KeywordsEditorProps = {
  text: string;
  context: SuiteContext;
  /** What else is wrong with it, beside what can be read from it: that it is listed twice. */
  problem: EntryProblem | undefined;
  onChange: (text: string) => void;
  onPasteSeveral: (suites: string[]) => void;
};

/** A suite as strongSwan's keywords, checked as they are typed: the wrong part is underlined, and named below. */
export function KeywordsEditor({ text, context, problem, onChange, onPasteSeveral }: KeywordsEditorProps) {
  const [left, setLeft] = useState(false);
  const parsed = parseProposal(text, context.phase, context.ikeVersion);
  const refusal = parsed.ok || text.trim() === '' ? undefined : parsed.refusal;
  const hint = refusal !== undefined && !left && isUnfinished(text, refusal);
  const { suggestion } = refusal ?? {};
  const words = parsed.ok ? describeProposal(parsed.value) : 'strongSwan’s keywords, joined by dashes.';
  return (
    <MarkedField
      label="Keywords"
      placeholder="aes256-sha256-modp2048"
      value={text}
      onChange={(event) => onChange(event.target.value)}
      onFocus={() => setLeft(false)}
      onBlur={() => setLeft(true)}
      onKeyDown={(event) => event.key === 'Enter' && setLeft(true)}
      onPaste={(event) => {
        const suites = severalSuites(event.clipboardData.getData('text'));
        if (suites.length === 0) return;
        event.preventDefault();
        onPasteSeveral(suites);
      }}
      mark={refusal === undefined || hint ? undefined : locatePart(text, refusal)}
      error={hint ? undefined : (refusal?.message ?? problem?.message)}
      help={hint ? refusal.message : words}
      fix={
        suggestion === undefined
          ? problem?.fix
          : { label: `Use ${suggestion}`, apply: () => onChange(suggestion) }
      }
    />
  );
}
