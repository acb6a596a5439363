import { styled } from '@mui/material/styles';
import { choicesFor, choose, type PartKind } from '../../../../contract/suiteBuilder.ts';
import { keywordsOf, type SuiteContext, type SuiteParts } from '../../../../contract/suiteParts.ts';
import { SelectField } from '../../../ui/form/Select.tsx';
import { choiceGroups } from './choiceGroups.ts';
import { WeakReason } from './WeakReason.tsx';

const Grid = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 200px), 1fr))',
  gap: 14,
  alignItems: 'start',
});

const rows: readonly { kind: PartKind; label: string }[] = [
  { kind: 'encryption', label: 'Encryption' },
  { kind: 'integrity', label: 'Integrity' },
  { kind: 'prf', label: 'Key derivation (PRF)' },
  { kind: 'secrecy', label: 'Perfect forward secrecy' },
  { kind: 'keyExchange', label: 'Key exchange (DH group)' },
];

/** The PRF follows the integrity algorithm, so that it is a row only where a suite has to name it, or does. */
const isShown = (kind: PartKind, { integrity, prf }: SuiteParts) =>
  kind !== 'prf' || integrity === '' || prf !== '';

type SuiteBuilderProps = {
  parts: SuiteParts;
  context: SuiteContext;
  /** Gets the suite's keywords. */
  onChange: (keywords: string) => void;
};

/** A suite from lists: one row for each part that it has. */
export const SuiteBuilder = ({ parts, context, onChange }: SuiteBuilderProps) => (
  <Grid>
    {rows.map(({ kind, label }) => {
      const choices = choicesFor(kind, parts, context);
      if (choices.length === 0 || !isShown(kind, parts)) return null;
      const chosen = choices.find(({ keyword }) => keyword === parts[kind]);
      return (
        <SelectField
          key={kind}
          label={label}
          value={parts[kind]}
          onChange={(event) => onChange(keywordsOf(choose(parts, kind, event.target.value, context)))}
          options={choiceGroups(choices)}
          error={
            chosen?.refused === undefined ? undefined : `${chosen.words} can’t be used: ${chosen.refused}.`
          }
          help={chosen?.weak && <WeakReason>{chosen.weak}</WeakReason>}
        />
      );
    })}
  </Grid>
);
