import { styled } from '@mui/material/styles';
import { color, media, radius, size, type } from '../../theme/tokens.ts';
import type { Suggestion } from './tags.ts';

const List = styled('ul')({
  position: 'absolute',
  zIndex: 20,
  top: 'calc(100% + 5px)',
  left: -1,
  right: -1,
  maxHeight: 280,
  overflowY: 'auto',
  padding: 5,
  listStyle: 'none',
  backgroundColor: color.surface,
  border: `1px solid ${color.lineStrong}`,
  borderRadius: radius.panel,
  boxShadow: color.shadow,
});

const Item = styled('li')({
  display: 'grid',
  padding: '6px 8px',
  borderRadius: 4,
  cursor: 'pointer',
  '&[aria-selected=true], &:hover': { backgroundColor: color.sunken },
  '& > :first-of-type': type.mono,
  '& > :nth-of-type(2)': { ...type.small, color: color.textSecondary },
  [media.coarse]: { minHeight: size.touch, alignContent: 'center' },
});

type SuggestionsProps = {
  id: string;
  choices: Suggestion[];
  active: number;
  onPick: (value: string) => void;
};

/** The list under a `TagInput`. Focus stays in the input, which points at the active item (ARIA combobox pattern). */
export const Suggestions = ({ id, choices, active, onPick }: SuggestionsProps) => (
  <List id={`${id}-list`} role="listbox" aria-label="Suggestions">
    {choices.map(({ value, detail }, index) => (
      <Item
        key={value}
        id={`${id}-${index}`}
        role="option"
        aria-selected={index === active}
        ref={index === active ? (item) => item?.scrollIntoView({ block: 'nearest' }) : undefined}
        onPointerDown={(event) => event.preventDefault()}
        onClick={() => onPick(value)}
      >
        <span>{value}</span>
        {detail !== undefined && <span>{detail}</span>}
      </Item>
    ))}
  </List>
);
