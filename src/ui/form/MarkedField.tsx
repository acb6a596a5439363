import { styled } from '@mui/material/styles';
import { useRef, type ComponentPropsWithRef } from 'react';
import { color, type } from '../../theme/tokens.ts';
import { controlStyle } from './control.ts';
import { Field, type FieldProps } from './Field.tsx';
import { Input } from './TextField.tsx';

const Frame = styled('div')({ position: 'relative' });

/** Lies exactly over the input with the same text, of which only the underline is seen. */
const Over = styled('div')({
  ...controlStyle,
  fontFamily: type.mono.fontFamily,
  position: 'absolute',
  inset: 0,
  display: 'flex',
  alignItems: 'center',
  overflow: 'hidden',
  whiteSpace: 'pre',
  color: 'transparent',
  backgroundColor: 'transparent',
  borderColor: 'transparent',
  pointerEvents: 'none',
  '& > span': { flex: 'none' },
  '& mark': {
    color: 'transparent',
    backgroundColor: 'transparent',
    textDecoration: `underline wavy 1px ${color.failed}`,
    textUnderlineOffset: 3,
    textDecorationSkipInk: 'none',
  },
  '@media (forced-colors: active)': { forcedColorAdjust: 'none' },
});

type MarkedFieldProps = FieldProps &
  Omit<ComponentPropsWithRef<'input'>, 'id' | 'children' | 'value'> & {
    value: string;
    /** The part that is wrong, from `start` up to, not including, `end`. The error names it for those who don't see it. */
    mark: { start: number; end: number } | undefined;
  };

/** One line of text in mono whose wrong part is underlined as it is typed. */
export function MarkedField({ label, help, error, fix, mark, value, ...input }: MarkedFieldProps) {
  const over = useRef<HTMLDivElement>(null);
  const follow = (field: HTMLInputElement) => {
    if (over.current !== null) over.current.scrollLeft = field.scrollLeft;
  };
  return (
    <Field label={label} help={help} error={error} fix={fix}>
      {(control) => (
        <Frame>
          <Input
            type="text"
            autoComplete="off"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            data-mono=""
            {...input}
            {...control}
            value={value}
            onScroll={(event) => follow(event.currentTarget)}
            onSelect={(event) => follow(event.currentTarget)}
          />
          {mark && (
            <Over ref={over} aria-hidden="true">
              <span>
                {value.slice(0, mark.start)}
                <mark>{value.slice(mark.start, mark.end)}</mark>
                {value.slice(mark.end)}
              </span>
            </Over>
          )}
        </Frame>
      )}
    </Field>
  );
}
