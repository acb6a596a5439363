import { styled } from '@mui/material/styles';
import { color, focusRing, media, motion, radius, size } from '../../theme/tokens.ts';
import { Field, labelId, type FieldProps } from './Field.tsx';

const Group = styled('div')({
  display: 'inline-flex',
  justifySelf: 'start',
  border: `1px solid ${color.field}`,
  borderRadius: radius.control,
  backgroundColor: color.surface,
});

const Choice = styled('label')({
  ...motion('background-color', 'color'),
  position: 'relative',
  display: 'flex',
  alignItems: 'center',
  minHeight: size.control - 2,
  padding: '0 14px',
  color: color.textSecondary,
  cursor: 'pointer',
  '&:first-of-type': { borderRadius: '5px 0 0 5px' },
  '&:last-of-type': { borderRadius: '0 5px 5px 0' },
  '& + &': { borderLeft: `1px solid ${color.field}` },
  '&:has(:checked)': { color: color.primary, fontWeight: 600, backgroundColor: color.primarySoft },
  '&:has(:focus-visible)': focusRing,
  [media.coarse]: { minHeight: size.touch },
});

/** Lies over its label: what is drawn is the label, what is pressed is the radio button itself. */
const Radio = styled('input')({ position: 'absolute', inset: 0, margin: 0, opacity: 0, cursor: 'pointer' });

type SegmentedProps<Value extends string> = FieldProps & {
  name: string;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: string }[];
};

/** A radio group drawn as one control: for two to four short choices. */
export const Segmented = <Value extends string>({
  label,
  help,
  error,
  fix,
  name,
  value,
  onChange,
  options,
}: SegmentedProps<Value>) => (
  <Field label={label} help={help} error={error} fix={fix} group>
    {(control) => (
      <Group
        role="radiogroup"
        aria-labelledby={labelId(control)}
        aria-describedby={control['aria-describedby']}
      >
        {options.map((option) => (
          <Choice key={option.value}>
            <Radio
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </Choice>
        ))}
      </Group>
    )}
  </Field>
);
