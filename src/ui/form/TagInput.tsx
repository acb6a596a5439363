import { styled } from '@mui/material/styles';
import { useRef, useState, type ClipboardEvent, type KeyboardEvent, type Ref } from 'react';
import { color, media, size, type } from '../../theme/tokens.ts';
import { bareStyle, controlStyle } from './control.ts';
import { Field, type FieldProps } from './Field.tsx';
import { TagChip } from './TagChip.tsx';
import { splitTags } from './tags.ts';

const Frame = styled('div')({
  ...controlStyle,
  position: 'relative',
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 5,
  padding: '5px 8px',
  cursor: 'text',
  '&[data-invalid]': { borderColor: color.failed, boxShadow: `inset 0 0 0 1px ${color.failed}` },
  '& ul[data-chips]': { display: 'contents', listStyle: 'none' },
});

const Entry = styled('input')({
  ...bareStyle,
  flex: '1 1 120px',
  minHeight: 22,
  paddingLeft: 2,
  '&:not(:placeholder-shown)': { fontFamily: type.mono.fontFamily, fontSize: type.mono.fontSize },
  [media.coarse]: { fontSize: '1rem', minHeight: size.touch - 12 },
});

type TagInputProps = FieldProps & {
  value: readonly string[];
  onChange: (value: string[]) => void;
  onBlur?: () => void;
  /** Whether the value at this index is refused: its chip is red. */
  invalid?: (index: number) => boolean;
  placeholder: string;
  /** A blank belongs to a value, as in names. */
  withBlanks?: boolean;
  ref?: Ref<HTMLInputElement>;
};

/**
 * Several values in one field, each a chip. Enter, comma, space, Tab and leaving the field take what was typed; a paste
 * of several values gives several chips; Backspace takes the last one back for correction; the arrow keys reach the
 * chips. Nothing typed is refused here: the form's rules say what is wrong with it.
 */
export function TagInput(props: TagInputProps) {
  const {
    value,
    onChange,
    onBlur,
    invalid = () => false,
    placeholder,
    withBlanks = false,
    ref,
    ...field
  } = props;
  const split = (typed: string, present: readonly string[] = []) => splitTags(typed, present, { withBlanks });
  const [text, setText] = useState('');
  const frame = useRef<HTMLDivElement>(null);

  const focusInput = () => frame.current?.querySelector<HTMLInputElement>('input')?.focus();
  const removers = () => [...(frame.current?.querySelectorAll<HTMLElement>('[data-remove]') ?? [])];
  const add = (typed: string) => {
    const added = split(typed, value);
    setText('');
    if (added.length > 0) onChange([...value, ...added]);
  };
  const remove = (index: number) => {
    onChange(value.filter((_, at) => at !== index));
    focusInput();
  };
  const edit = (index: number) => {
    const taken = value[index] ?? '';
    const rest = value.filter((_, at) => at !== index);
    onChange([...rest, ...split(text, rest)]);
    setText(taken);
    focusInput();
  };
  const paste = (event: ClipboardEvent<HTMLInputElement>) => {
    const pasted = event.clipboardData.getData('text');
    if (split(pasted).length < 2) return;
    event.preventDefault();
    add(`${text} ${pasted}`);
  };
  const onChipKey = (index: number) => (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };
    const step = steps[event.key];
    if (step !== undefined) (removers()[index + step] ?? (step > 0 ? undefined : removers()[0]))?.focus();
    if (step === 1 && index === value.length - 1) focusInput();
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      remove(index);
    }
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    const ends = withBlanks ? ['Enter', ',', ';'] : ['Enter', ',', ';', ' '];
    if (ends.includes(event.key) && text.trim() !== '') {
      event.preventDefault();
      add(text);
    } else if (event.currentTarget.selectionEnd === 0 && event.key === 'ArrowLeft') {
      removers().at(-1)?.focus();
    } else if (event.key === 'Backspace' && text === '' && value.length > 0) {
      event.preventDefault();
      edit(value.length - 1);
    }
  };

  return (
    <Field {...field}>
      {(control) => (
        // A click beside the chips means the input, as in any text field; the keyboard is there already.
        <Frame
          ref={frame}
          role="presentation"
          data-invalid={control['aria-invalid'] ? '' : undefined}
          onClick={(event) => event.target === event.currentTarget && focusInput()}
          onBlur={(event) => {
            if (event.currentTarget.contains(event.relatedTarget)) return;
            if (text.trim() !== '') add(text);
            onBlur?.();
          }}
        >
          <ul data-chips="" aria-label={typeof field.label === 'string' ? field.label : undefined}>
            {value.map((one, index) => (
              <TagChip
                key={one}
                value={one}
                invalid={invalid(index)}
                onEdit={() => edit(index)}
                onRemove={() => remove(index)}
                onKeyDown={onChipKey(index)}
              />
            ))}
          </ul>
          <Entry
            ref={ref}
            value={text}
            placeholder={placeholder}
            onChange={(event) => setText(event.target.value)}
            onPaste={paste}
            onKeyDown={onKey}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            {...control}
          />
        </Frame>
      )}
    </Field>
  );
}
