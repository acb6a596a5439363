import { styled } from '@mui/material/styles';
import { useEffect, useState } from 'react';
import { color, media, size } from '../theme/tokens.ts';
import { bareStyle, controlStyle } from './form/control.ts';
import { SearchIcon } from './icons.tsx';

const Frame = styled('div')({
  ...controlStyle,
  width: 300,
  maxWidth: '100%',
  display: 'flex',
  alignItems: 'center',
  gap: 8,
  padding: '0 10px',
  color: color.text,
  [media.phone]: { flex: '1 1 100%', width: '100% !important' },
});

const Input = styled('input')({
  ...bareStyle,
  minHeight: size.control - 2,
  '&::-webkit-search-cancel-button': { cursor: 'pointer' },
  [media.coarse]: { fontSize: '1rem', minHeight: size.touch - 2 },
});

type SearchFieldProps = {
  /** What is searched, also the placeholder: “Search name, gateway or subnet”. */
  label: string;
  value: string;
  /** Called when typing pauses. */
  onSearch: (text: string) => void;
  width?: number;
};

/** Milliseconds of silence that end a word. */
const pause = 200;

/** A search whose text lives in the URL: what is typed shows at once, the search follows when typing pauses. */
export function SearchField({ label, value, onSearch, width }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setText(value);
  }
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => {
      setKnown(text);
      onSearch(text);
    }, pause);
    return () => clearTimeout(timer);
  }, [text, value, onSearch]);
  return (
    <Frame role="search" style={width === undefined ? undefined : { width }}>
      <SearchIcon />
      <Input
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
        autoComplete="off"
        spellCheck={false}
      />
    </Frame>
  );
}
