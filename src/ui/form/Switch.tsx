import { styled } from '@mui/material/styles';
import { useId, type ReactNode } from 'react';
import { color, media, motion, size, type } from '../../theme/tokens.ts';

const Line = styled('div')({
  position: 'relative',
  display: 'grid',
  gridTemplateColumns: 'auto minmax(0, 1fr)',
  columnGap: 12,
  rowGap: 2,
  alignItems: 'center',
});

const Track = styled('input')({
  ...motion('background-color', 'border-color', 'opacity'),
  appearance: 'none',
  position: 'relative',
  width: 34,
  height: 20,
  margin: 0,
  borderRadius: 10,
  border: `1px solid ${color.field}`,
  backgroundColor: color.surface,
  cursor: 'pointer',
  '&::before': {
    content: '""',
    position: 'absolute',
    top: 3,
    left: 3,
    width: 12,
    height: 12,
    borderRadius: '50%',
    backgroundColor: color.field,
  },
  '&:checked': { backgroundColor: color.primary, borderColor: color.primary },
  '&:checked::before': { left: 'auto', right: 3, backgroundColor: color.onPrimary },
  '&[aria-disabled=true]': { opacity: 0.55, cursor: 'not-allowed' },
  // Large enough for a finger without being drawn larger.
  [media.coarse]: { '&::after': { content: '""', position: 'absolute', inset: -(size.touch - 20) / 2 } },
  '@media (forced-colors: active)': { appearance: 'auto' },
});

const Label = styled('label')({ ...type.body, fontWeight: 500, justifySelf: 'start', cursor: 'pointer' });
const Meaning = styled('div')({ ...type.small, gridColumn: 2, color: color.textSecondary, maxWidth: '60ch' });

type SwitchProps = {
  label: string;
  /** What being on or off means. */
  children: ReactNode;
  checked: boolean;
  onChange: (on: boolean) => void;
  /** Why it can’t be changed now: it stays reachable, and the reason stands under its meaning. */
  disabledReason?: string | undefined;
  /** While a change is on its way. */
  busy?: boolean;
};

/** Something that is on or off. It shows what is, so it moves once the change has been made, not when it is asked for. */
export function Switch({ label, children, checked, onChange, disabledReason, busy = false }: SwitchProps) {
  const id = useId();
  const disabled = disabledReason !== undefined || busy;
  return (
    <Line>
      <Track
        type="checkbox"
        role="switch"
        id={id}
        aria-describedby={`${id}-meaning`}
        aria-disabled={disabled}
        aria-busy={busy}
        aria-checked={checked}
        checked={checked}
        onChange={(event) => {
          if (!disabled) onChange(event.target.checked);
        }}
      />
      <Label htmlFor={id}>{label}</Label>
      <Meaning id={`${id}-meaning`}>
        {children}
        {disabledReason !== undefined && <div>{disabledReason}</div>}
      </Meaning>
    </Line>
  );
}
