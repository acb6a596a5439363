import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { color, type } from '../../theme/tokens.ts';
import { Notice } from '../../ui/Notice.tsx';
import type { FieldName } from '../form/checkForm.ts';
import type { Imported } from './ImportDialog.tsx';
import type { ImportedFact } from './importedFacts.ts';

const Above = styled('div')({ marginBottom: 22 });
const Fields = styled('ul')({
  display: 'flex',
  flexWrap: 'wrap',
  columnGap: 12,
  listStyle: 'none',
  marginTop: 2,
});
const FieldLink = styled(Button)({ ...type.small, minHeight: 0, padding: '1px 0', textAlign: 'left' });
const Open = styled('ul')({
  ...type.small,
  color: color.textSecondary,
  paddingLeft: 18,
  marginTop: 2,
});

type FilledFromProps = {
  imported: Imported;
  /** The fields that it filled. */
  facts: readonly ImportedFact[];
  onField: (field: FieldName) => void;
  onDismiss: () => void;
};

/** Over the form: which fields came from the gateway's file, each leading to its field, and what it left open. */
export function FilledFrom({ imported: { format, connection }, facts, onField, onDismiss }: FilledFromProps) {
  const file = format === 'libreswan' ? 'Libreswan file' : format;
  const from =
    connection.name === '' ? `the gateway’s ${file}` : `${connection.name} of the gateway’s ${file}`;
  return (
    <Above>
      <Notice
        state="none"
        action={
          <Button size="small" variant="text" onClick={onDismiss}>
            Dismiss
          </Button>
        }
      >
        Filled from {from}, not saved yet:
        <Fields aria-label="Fields from the gateway’s file">
          {facts.map(({ field, label }) => (
            <li key={field}>
              <FieldLink variant="text" size="small" onClick={() => onField(field)}>
                {label}
              </FieldLink>
            </li>
          ))}
        </Fields>
        {connection.missing.length > 0 && (
          <>
            Still open:
            <Open>
              {connection.missing.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </Open>
          </>
        )}
      </Notice>
    </Above>
  );
}
