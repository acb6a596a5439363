import { styled } from '@mui/material/styles';
import type { ComponentPropsWithRef } from 'react';
import { type } from '../../theme/tokens.ts';
import { controlStyle } from './control.ts';
import { Field, type FieldProps } from './Field.tsx';

export const Input = styled('input')({
  ...controlStyle,
  '&[data-mono]': { fontFamily: type.mono.fontFamily },
});

type TextFieldProps = FieldProps &
  Omit<ComponentPropsWithRef<'input'>, 'id' | 'children'> & {
    /** For addresses, keys and the like: set in mono, and not touched by spelling aids. */
    mono?: boolean;
  };

const verbatim = { spellCheck: false, autoCapitalize: 'none', autoCorrect: 'off' };

/** One line of text. Takes what `register(name)` of a form gives. */
export const TextField = ({ label, help, error, fix, mono = false, ...input }: TextFieldProps) => (
  <Field label={label} help={help} error={error} fix={fix}>
    {(control) => (
      <Input
        type="text"
        autoComplete="off"
        {...(mono ? { ...verbatim, 'data-mono': '' } : {})}
        {...input}
        {...control}
      />
    )}
  </Field>
);
