import type { ThemeOptions } from '@mui/material/styles';
import { globalStyles } from './global.ts';
import { color, focusRing, media, motion, radius, size, type } from './tokens.ts';

/** How MUI's own components look here: flat, 34 px, hairlines; a filled, an outlined and a plain button. */
export const components: NonNullable<ThemeOptions['components']> = {
  MuiCssBaseline: { styleOverrides: globalStyles },
  MuiButtonBase: {
    defaultProps: { disableRipple: true },
    styleOverrides: { root: { '&.Mui-focusVisible': focusRing } },
  },
  MuiButton: {
    defaultProps: { variant: 'outlined', color: 'inherit', disableElevation: true },
    styleOverrides: {
      root: {
        minWidth: 0,
        minHeight: size.control,
        padding: '6px 13px',
        gap: 8,
        whiteSpace: 'nowrap',
        borderRadius: radius.control,
        ...motion('background-color', 'border-color', 'color'),
        [media.coarse]: { minHeight: size.touch },
        '&.Mui-disabled': { color: color.textTertiary, borderColor: color.line },
      },
      contained: {
        '&.Mui-disabled': { backgroundColor: color.sunken },
        // Away from the label's colour in both schemes; MUI's own darkening loses contrast in the dark one.
        '&.MuiButton-colorPrimary:hover': {
          backgroundColor: `color-mix(in srgb, ${color.primary} 88%, ${color.text})`,
        },
      },
      outlined: {
        backgroundColor: color.surface,
        borderColor: color.lineStrong,
        '&:hover': { backgroundColor: color.sunken, borderColor: color.field },
        '&.MuiButton-colorError': { color: color.failed, borderColor: color.failed },
      },
      text: { color: color.primary, padding: '6px 8px', '&:hover': { backgroundColor: color.sunken } },
      sizeSmall: {
        ...type.small,
        minHeight: size.controlSmall,
        padding: '4px 9px',
        [media.coarse]: { minHeight: size.touch },
      },
      startIcon: { margin: 0 },
      endIcon: { margin: 0 },
    },
  },
  MuiIconButton: {
    styleOverrides: {
      root: {
        width: size.controlSmall,
        height: size.controlSmall,
        padding: 0,
        color: color.textSecondary,
        borderRadius: radius.control,
        ...motion('background-color', 'color'),
        '&:hover': { backgroundColor: color.sunken, color: color.text },
        [media.coarse]: { width: size.touch, height: size.touch },
      },
    },
  },
  MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
  MuiDialog: {
    styleOverrides: {
      paper: { borderRadius: radius.dialog, boxShadow: color.shadow, border: `1px solid ${color.line}` },
    },
  },
  MuiBackdrop: {
    styleOverrides: { root: { '&:not(.MuiBackdrop-invisible)': { backgroundColor: color.backdrop } } },
  },
  MuiPopover: {
    styleOverrides: {
      paper: { borderRadius: radius.panel, boxShadow: color.shadow, border: `1px solid ${color.lineStrong}` },
    },
  },
  MuiMenu: { defaultProps: { slotProps: { list: { dense: true } } } },
  MuiList: { styleOverrides: { root: { padding: 5 } } },
  MuiMenuItem: {
    styleOverrides: {
      root: {
        ...type.body,
        minHeight: size.control,
        padding: '6px 9px',
        borderRadius: 4,
        gap: 10,
        '&:hover, &.Mui-focusVisible': { backgroundColor: color.sunken },
        '&.Mui-selected, &.Mui-selected:hover': { backgroundColor: color.sunken },
        [media.coarse]: { minHeight: size.touch },
      },
    },
  },
};
