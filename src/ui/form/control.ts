import { color, media, motion, radius, size, type } from '../../theme/tokens.ts';

/** How everything looks that a value is typed or chosen in. */
export const controlStyle = {
  ...type.body,
  ...motion('border-color', 'background-color'),
  width: '100%',
  minWidth: 0,
  minHeight: size.control,
  padding: '6px 10px',
  margin: 0,
  color: color.text,
  backgroundColor: color.surface,
  border: `1px solid ${color.field}`,
  borderRadius: radius.control,
  outline: 'none',
  '&::placeholder': { color: color.textSecondary, opacity: 1 },
  '&[aria-invalid=true]': { borderColor: color.failed, boxShadow: `inset 0 0 0 1px ${color.failed}` },
  '&:focus-visible, &:focus-within': {
    borderColor: color.primary,
    boxShadow: `inset 0 0 0 1px ${color.primary}`,
  },
  '&[aria-invalid=true]:focus-visible': {
    borderColor: color.failed,
    boxShadow: `inset 0 0 0 1px ${color.failed}`,
  },
  '&:disabled, &[readonly]': { backgroundColor: color.sunken, color: color.textSecondary },
  // 16 px keeps iOS from zooming in when a field is focused.
  [media.coarse]: { minHeight: size.touch, fontSize: '1rem' },
} as const;

/** A control without a frame of its own, inside something that has one. */
export const bareStyle = {
  ...type.body,
  flex: 1,
  minWidth: 0,
  padding: 0,
  border: 0,
  outline: 'none',
  backgroundColor: 'transparent',
  color: 'inherit',
  '&::placeholder': { color: color.textSecondary, opacity: 1 },
  [media.coarse]: { fontSize: '1rem' },
} as const;
