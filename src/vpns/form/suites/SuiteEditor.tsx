import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import type { KeyboardEvent } from 'react';
import { describeProposal, parseProposal } from '../../../../contract/proposals.ts';
import { parseProposalGrammar } from '../../../../contract/proposalGrammar.ts';
import { partsOf, type SuiteContext, type SuiteParts } from '../../../../contract/suiteParts.ts';
import { color } from '../../../theme/tokens.ts';
import { ActionButton } from '../../../ui/ActionButton.tsx';
import { Mono, Small } from '../../../ui/text.tsx';
import type { EntryProblem } from '../problems.ts';
import { KeywordsEditor } from './KeywordsEditor.tsx';
import { SuiteBuilder } from './SuiteBuilder.tsx';
import { SuiteProblem } from './SuiteProblem.tsx';
import type { EditMode } from './suiteEditing.ts';

const Box = styled('div')({
  display: 'grid',
  gap: 14,
  padding: 14,
  minWidth: 0,
  backgroundColor: color.sunken,
});
const Result = styled('output')({ display: 'grid', minWidth: 0, overflowWrap: 'anywhere' });
const Acts = styled('div')({ display: 'flex', flexWrap: 'wrap', gap: 8 });
/** The other way to edit the same suite. */
const Other = styled('div')({ marginLeft: 'auto' });

/** The parts that a suite is edited by; the reason where it can only be typed. */
function partsFor(text: string, { phase }: SuiteContext): SuiteParts | { reason: string } {
  const parsed = parseProposalGrammar(text, phase);
  if (!parsed.ok) return { reason: 'The keywords have to be right first.' };
  const parts = partsOf(parsed.value);
  return parts === 'custom'
    ? { reason: 'This suite has several algorithms of a kind, which lists can’t show.' }
    : parts;
}

/** Whether a suite can be edited from lists. */
export const isBuildable = (text: string, context: SuiteContext): boolean =>
  'encryption' in partsFor(text, context);

type SuiteEditorProps = {
  /** “Suite 2”, “New suite”. */
  label: string;
  text: string;
  mode: EditMode;
  context: SuiteContext;
  problem: EntryProblem | undefined;
  onChange: (text: string) => void;
  onPasteSeveral: (suites: string[]) => void;
  onMode: (mode: EditMode) => void;
  onDone: () => void;
  onCancel: () => void;
};

/** The open row of the list. What is chosen or typed is part of the form at once; “Cancel” takes it back. */
export function SuiteEditor(props: SuiteEditorProps) {
  const { label, text, mode, context, problem, onChange, onMode, onDone, onCancel } = props;
  const parts = partsFor(text, context);
  const parsed = parseProposal(text, context.phase, context.ikeVersion);
  const byKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onCancel();
    } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      // Enter means this suite, not the whole form.
      event.preventDefault();
      if (parsed.ok && problem === undefined) onDone();
    }
  };
  return (
    <Box role="group" aria-label={label} onKeyDown={byKey}>
      {mode === 'parts' && 'encryption' in parts ? (
        <>
          <SuiteBuilder parts={parts} context={context} onChange={onChange} />
          <Result>
            <Mono as="code">{text}</Mono>
            {parsed.ok && <Small>{describeProposal(parsed.value)}</Small>}
            {problem && <SuiteProblem problem={problem} />}
          </Result>
        </>
      ) : (
        <KeywordsEditor
          text={text}
          context={context}
          problem={problem}
          onChange={onChange}
          onPasteSeveral={props.onPasteSeveral}
        />
      )}
      <Acts>
        <Button onClick={onDone}>Done</Button>
        <Button variant="text" onClick={onCancel}>
          Cancel
        </Button>
        <Other>
          {mode === 'parts' ? (
            <Button variant="text" onClick={() => onMode('keywords')}>
              Type keywords
            </Button>
          ) : (
            <ActionButton
              variant="text"
              disabledReason={text.trim() !== '' && 'reason' in parts ? parts.reason : undefined}
              onClick={() => onMode('parts')}
            >
              Choose from lists
            </ActionButton>
          )}
        </Other>
      </Acts>
    </Box>
  );
}
