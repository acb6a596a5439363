import { styled } from '@mui/material/styles';
import type { ComponentPropsWithRef } from 'react';
import { color, media, size, type } from '../../theme/tokens.ts';
import { ChevronDownIcon } from '../icons.tsx';
import { controlStyle } from './control.ts';
import { Field, type FieldProps } from './Field.tsx';

const Frame = styled('span')({
  position: 'relative',
  display: 'inline-flex',
  '& > svg': { position: 'absolute', right: 9, top: '50%', translate: '0 -50%', pointerEvents: 'none' },
});

const Native = styled('select')({
  ...controlStyle,
  appearance: 'none',
  paddingRight: 30,
  cursor: 'pointer',
  '& option, & optgroup': { backgroundColor: color.surface, color: color.text },
  '&[data-small]': {
    ...type.small,
    // As wide as what is chosen, where the browser can; else as the longest option.
    fieldSizing: 'content',
    minHeight: size.controlSmall,
    padding: '4px 28px 4px 9px',
    fontWeight: 500,
    borderColor: color.lineStrong,
    [media.coarse]: { minHeight: size.touch },
  },
});

export type Option = { value: string; label: string };
/** Options under a heading; those of a disabled group can be read, not chosen. */
export type OptionGroup = { label: string; options: readonly Option[]; disabled?: boolean };
type SelectProps = Omit<ComponentPropsWithRef<'select'>, 'children' | 'id' | 'size'> & {
  options: readonly (Option | OptionGroup)[];
};

const optionsOf = (options: SelectProps['options']) =>
  options.map((one) =>
    'options' in one ? (
      <optgroup key={one.label} label={one.label} disabled={one.disabled}>
        {optionsOf(one.options)}
      </optgroup>
    ) : (
      <option key={one.value} value={one.value}>
        {one.label}
      </option>
    ),
  );

/** One of a few. The browser's own list: it is the most accessible one, and right on phones. */
export const SelectField = ({ label, help, error, fix, options, ...select }: SelectProps & FieldProps) => (
  <Field label={label} help={help} error={error} fix={fix}>
    {(control) => (
      <Frame>
        <Native {...select} {...control}>
          {optionsOf(options)}
        </Native>
        <ChevronDownIcon />
      </Frame>
    )}
  </Field>
);

/** A small select in a toolbar, such as the state filter above a table. `label` is for screen readers. */
export const FilterSelect = ({ label, options, ...select }: SelectProps & { label: string }) => (
  <Frame>
    <Native data-small="" aria-label={label} {...select}>
      {optionsOf(options)}
    </Native>
    <ChevronDownIcon size={14} />
  </Frame>
);
