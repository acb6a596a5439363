import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useId, type ReactNode } from 'react';
import { color, type } from '../../theme/tokens.ts';

/** A correction that one click applies: “Use 10.250.0.0/24”. */
export type Fix = { label: string; apply: () => void };

export type FieldProps = {
  label: ReactNode;
  /** What to know before filling it in. The error takes its place. */
  help?: ReactNode;
  error?: string | undefined;
  fix?: Fix | undefined;
};

/** What ties a control to its label, help and error. Spread it onto the control. */
export type ControlProps = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean };

const Box = styled('div')({ minWidth: 0, display: 'grid', gap: 6, alignContent: 'start' });
const Label = styled('label')({ ...type.small, fontWeight: 500, color: color.text, justifySelf: 'start' });
const Below = styled('div')({
  ...type.small,
  color: color.textSecondary,
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'baseline',
  columnGap: 10,
  '&[data-error]': { color: color.failed },
});
const FixButton = styled(Button)({ ...type.small, minHeight: 0, padding: '0 2px' });

/** Label above, control, help below; an error stands where the help was, with its fix as a button beside it. */
export function Field({
  label,
  help,
  error,
  fix,
  group = false,
  children,
}: FieldProps & { group?: boolean; children: (control: ControlProps) => ReactNode }) {
  const id = useId();
  const described = error !== undefined || help !== undefined;
  const control = {
    id,
    'aria-describedby': described ? `${id}-below` : undefined,
    'aria-invalid': error !== undefined,
  };
  return (
    <Box>
      {group ? (
        <Label as="span" id={`${id}-label`}>
          {label}
        </Label>
      ) : (
        <Label htmlFor={id} id={`${id}-label`}>
          {label}
        </Label>
      )}
      {children(control)}
      {described && (
        <Below id={`${id}-below`} data-error={error === undefined ? undefined : ''}>
          <span>{error ?? help}</span>
          {fix !== undefined && (
            <FixButton variant="text" size="small" onClick={fix.apply}>
              {fix.label}
            </FixButton>
          )}
        </Below>
      )}
    </Box>
  );
}

/** The id that `Field` gives its label, for groups that are named by `aria-labelledby`. */
export const labelId = (control: ControlProps) => `${control.id}-label`;
