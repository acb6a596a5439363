import { styled } from '@mui/material/styles';
import { useId } from 'react';
import { color, focusRing, media, motion, radius, size, type } from '../../theme/tokens.ts';
import { Field, labelId, type FieldProps } from './Field.tsx';

const Group = styled('div')({
  border: `1px solid ${color.line}`,
  borderRadius: radius.control,
  '& > label + label': { borderTop: `1px solid ${color.line}` },
});

const Choice = styled('label')({
  ...motion('background-color'),
  display: 'grid',
  gridTemplateColumns: 'auto minmax(0, 1fr)',
  columnGap: 10,
  padding: '8px 12px',
  cursor: 'pointer',
  '&:first-of-type': { borderRadius: '5px 5px 0 0' },
  '&:last-of-type': { borderRadius: '0 0 5px 5px' },
  '&:has(:checked)': { backgroundColor: color.primarySoft },
  '&:has(:focus-visible)': focusRing,
  '& > input': { margin: '3px 0 0', accentColor: color.primary, outline: 'none' },
  [media.coarse]: { minHeight: size.touch },
});

const Name = styled('span')({ fontWeight: 500 });
const Detail = styled('span')({ ...type.small, gridColumn: 2, color: color.textSecondary });

type RadioListProps<Value extends string> = FieldProps & {
  name: string;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: string; detail: string }[];
};

/** One of a few ways, each with what it means in a sentence. */
export function RadioList<Value extends string>(props: RadioListProps<Value>) {
  const { name, value, onChange, options, ...field } = props;
  const id = useId();
  return (
    <Field {...field} group>
      {(control) => (
        <Group
          role="radiogroup"
          aria-labelledby={labelId(control)}
          aria-describedby={control['aria-describedby']}
        >
          {options.map((option) => (
            <Choice key={option.value}>
              <input
                type="radio"
                name={name}
                value={option.value}
                checked={option.value === value}
                aria-labelledby={`${id}-${option.value}`}
                aria-describedby={`${id}-${option.value}-detail`}
                onChange={() => onChange(option.value)}
              />
              <Name id={`${id}-${option.value}`}>{option.label}</Name>
              <Detail id={`${id}-${option.value}-detail`}>{option.detail}</Detail>
            </Choice>
          ))}
        </Group>
      )}
    </Field>
  );
}
