import { styled } from '@mui/material/styles';
import type { KeyboardEvent } from 'react';
import { color, focusRing, media, motion, size, type, visuallyHidden } from '../../theme/tokens.ts';
import { CloseIcon } from '../icons.tsx';

const Chip = styled('li')({
  ...type.mono,
  display: 'inline-flex',
  alignItems: 'center',
  minWidth: 0,
  maxWidth: '100%',
  borderRadius: 4,
  color: color.text,
  backgroundColor: color.sunken,
  '&[data-invalid]': { color: color.failed, backgroundColor: color.failedSoft },
  '& button': {
    border: 0,
    background: 'none',
    color: 'inherit',
    cursor: 'pointer',
    padding: 0,
    borderRadius: 4,
  },
  '& button:focus-visible': { ...focusRing, outlineOffset: -2 },
});

const Text = styled('button')({
  minWidth: 0,
  minHeight: 22,
  paddingLeft: '7px !important',
  overflowWrap: 'anywhere',
  textAlign: 'left',
  [media.coarse]: { minHeight: size.touch - 8 },
});

const Remove = styled('button')({
  ...motion('color'),
  display: 'grid',
  placeItems: 'center',
  width: 22,
  height: 22,
  opacity: 0.75,
  '&:hover, &:focus-visible': { opacity: 1 },
  [media.coarse]: { width: size.touch - 8, height: size.touch - 8 },
});

const Hidden = styled('span')(visuallyHidden);

type TagChipProps = {
  value: string;
  invalid: boolean;
  onEdit: () => void;
  onRemove: () => void;
  onKeyDown: (event: KeyboardEvent<HTMLButtonElement>) => void;
};

/** One value of a `TagInput`: a click on its text takes it back into the input, the cross removes it. */
export const TagChip = ({ value, invalid, onEdit, onRemove, onKeyDown }: TagChipProps) => (
  <Chip data-invalid={invalid ? '' : undefined}>
    <Text type="button" tabIndex={-1} onClick={onEdit} aria-label={`Change ${value}`}>
      {value}
    </Text>
    {invalid && <Hidden>, not accepted</Hidden>}
    <Remove
      type="button"
      data-remove=""
      onClick={onRemove}
      onKeyDown={onKeyDown}
      aria-label={`Remove ${value}`}
    >
      <CloseIcon size={10} />
    </Remove>
  </Chip>
);
