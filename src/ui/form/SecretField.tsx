import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useState, type ComponentPropsWithRef } from 'react';
import { color, media, size, type } from '../../theme/tokens.ts';
import { bareStyle, controlStyle } from './control.ts';
import { Field, type FieldProps } from './Field.tsx';

const Frame = styled('div')({
  ...controlStyle,
  display: 'flex',
  alignItems: 'center',
  gap: 2,
  padding: '0 4px 0 10px',
  '&:has([aria-invalid=true])': { borderColor: color.failed, boxShadow: `inset 0 0 0 1px ${color.failed}` },
});

const Bare = styled('input')({
  ...bareStyle,
  fontFamily: type.mono.fontFamily,
  minHeight: size.control - 2,
  [media.coarse]: { fontSize: '1rem', minHeight: size.touch - 2 },
});

const Inline = styled(Button)({ ...type.small, minHeight: size.controlSmall - 2, padding: '2px 8px' });

type SecretFieldProps = FieldProps &
  Omit<ComponentPropsWithRef<'input'>, 'id' | 'type' | 'children'> & {
    /** Makes a new secret; without it there is no “Generate”. The field shows what was made. */
    onGenerate?: () => void;
  };

/**
 * A secret that is typed or pasted: hidden until “Show”. Nothing is trimmed or corrected on the way. Password managers
 * keep out unless `autoComplete` names a password.
 */
export function SecretField({ label, help, error, fix, onGenerate, ...input }: SecretFieldProps) {
  const [shown, setShown] = useState(false);
  return (
    <Field label={label} help={help} error={error} fix={fix}>
      {(control) => (
        <Frame>
          <Bare
            autoComplete="off"
            data-1p-ignore={input.autoComplete === undefined ? '' : undefined}
            spellCheck={false}
            autoCapitalize="none"
            {...input}
            {...control}
            type={shown ? 'text' : 'password'}
          />
          <Inline
            variant="text"
            aria-pressed={shown}
            aria-controls={control.id}
            onClick={() => setShown((was) => !was)}
          >
            {shown ? 'Hide' : 'Show'}
          </Inline>
          {onGenerate && (
            <Inline
              variant="text"
              onClick={() => {
                onGenerate();
                setShown(true);
              }}
            >
              Generate
            </Inline>
          )}
        </Frame>
      )}
    </Field>
  );
}
