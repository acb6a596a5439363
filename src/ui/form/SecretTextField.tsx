import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useState, type ComponentPropsWithRef } from 'react';
import { type } from '../../theme/tokens.ts';
import { controlStyle } from './control.ts';
import { Field, type FieldProps } from './Field.tsx';

const Frame = styled('div')({ position: 'relative' });
const Area = styled('textarea')({
  ...controlStyle,
  display: 'block',
  fontFamily: type.mono.fontFamily,
  paddingRight: 64,
  resize: 'vertical',
  overflowWrap: 'anywhere',
  '&[data-hidden]': { WebkitTextSecurity: 'disc' },
});
const Toggle = styled(Button)({ ...type.small, position: 'absolute', top: 4, right: 4, padding: '2px 8px' });

type SecretTextFieldProps = FieldProps & Omit<ComponentPropsWithRef<'textarea'>, 'id' | 'children'>;

/** A secret of any number of lines, such as a private key: hidden until “Show”. Nothing is trimmed or corrected on the way. */
export function SecretTextField({ label, help, error, fix, ...area }: SecretTextFieldProps) {
  const [shown, setShown] = useState(false);
  return (
    <Field label={label} help={help} error={error} fix={fix}>
      {(control) => (
        <Frame>
          <Area
            rows={3}
            autoComplete="off"
            data-1p-ignore=""
            spellCheck={false}
            autoCapitalize="none"
            {...area}
            {...control}
            data-hidden={shown ? undefined : ''}
          />
          <Toggle
            variant="text"
            size="small"
            aria-pressed={shown}
            aria-controls={control.id}
            onClick={() => setShown((was) => !was)}
          >
            {shown ? 'Hide' : 'Show'}
          </Toggle>
        </Frame>
      )}
    </Field>
  );
}
