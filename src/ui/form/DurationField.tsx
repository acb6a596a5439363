import { styled } from '@mui/material/styles';
import { useState, type Ref } from 'react';
import { color, media, size } from '../../theme/tokens.ts';
import { ChevronDownIcon } from '../icons.tsx';
import { bareStyle, controlStyle } from './control.ts';
import { durationUnits, secondsOf, unitOf, type DurationUnit } from './duration.ts';
import { Field, type FieldProps } from './Field.tsx';

const Frame = styled('div')({
  ...controlStyle,
  display: 'flex',
  alignItems: 'center',
  padding: '0 0 0 10px',
  '&:has([aria-invalid=true])': { borderColor: color.failed, boxShadow: `inset 0 0 0 1px ${color.failed}` },
});

const Amount = styled('input')({
  ...bareStyle,
  minHeight: size.control - 2,
  [media.coarse]: { fontSize: '1rem', minHeight: size.touch - 2 },
});

const Unit = styled('span')({
  position: 'relative',
  display: 'inline-flex',
  color: color.textSecondary,
  '& svg': { position: 'absolute', right: 10, top: '50%', translate: '0 -50%', pointerEvents: 'none' },
  '& select': {
    ...bareStyle,
    minHeight: size.control - 2,
    appearance: 'none',
    padding: '0 32px 0 8px',
    cursor: 'pointer',
    textAlign: 'right',
  },
  '& option': { backgroundColor: color.surface, color: color.text },
});

type DurationFieldProps = FieldProps & {
  /** Seconds; NaN while what is typed isn't a number. */
  value: number;
  onChange: (seconds: number) => void;
  onBlur?: () => void;
  units?: readonly DurationUnit[];
  ref?: Ref<HTMLInputElement>;
};

/** A length of time as a number and its unit. Changing the unit changes the meaning, not the number. */
export function DurationField({
  value,
  onChange,
  onBlur,
  units = ['seconds', 'minutes', 'hours'],
  ref,
  ...field
}: DurationFieldProps) {
  const [unit, setUnit] = useState(() => unitOf(value, units));
  const [text, setText] = useState(() => String(value / durationUnits[unit]));
  // Somebody else set the value (a default, another version of the object): show that.
  const [known, setKnown] = useState(value);
  if (!Object.is(known, value)) {
    const itsUnit = unitOf(value, units);
    setKnown(value);
    setUnit(itsUnit);
    setText(String(value / durationUnits[itsUnit]));
  }
  const change = (nextText: string, nextUnit: DurationUnit) => {
    const seconds = secondsOf(nextText, nextUnit);
    setText(nextText);
    setUnit(nextUnit);
    setKnown(seconds);
    onChange(seconds);
  };
  return (
    <Field {...field}>
      {(control) => (
        <Frame>
          <Amount
            ref={ref}
            inputMode="decimal"
            autoComplete="off"
            value={text}
            onChange={(event) => change(event.target.value, unit)}
            onBlur={onBlur}
            {...control}
          />
          <Unit>
            <select
              aria-label={`Unit of ${typeof field.label === 'string' ? field.label : 'the duration'}`}
              value={unit}
              onChange={(event) => {
                const chosen = units.find((one) => one === event.target.value);
                if (chosen !== undefined) change(text, chosen);
              }}
            >
              {units.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
            <ChevronDownIcon />
          </Unit>
        </Frame>
      )}
    </Field>
  );
}
