import { styled } from '@mui/material/styles';
import { color, media, size } from '../../theme/tokens.ts';

const Target = styled('label')({
  display: 'inline-flex',
  alignItems: 'center',
  justifyContent: 'center',
  width: size.controlSmall,
  height: size.controlSmall,
  margin: '-4px -6px',
  verticalAlign: 'middle',
  cursor: 'pointer',
  '& > input': { width: 15, height: 15, margin: 0, accentColor: color.primary, cursor: 'inherit' },
  [media.coarse]: { width: size.touch, height: size.touch, margin: '-13px -14px' },
});

type SelectBoxProps = { label: string; checked: boolean; some?: boolean; onChange: () => void };

/** A box that chooses a row, or all: `some` of them shows as a dash. */
export const SelectBox = ({ label, checked, some = false, onChange }: SelectBoxProps) => (
  <Target>
    <input
      type="checkbox"
      aria-label={label}
      checked={checked}
      ref={(box) => {
        if (box) box.indeterminate = some && !checked;
      }}
      onChange={onChange}
    />
  </Target>
);
