import Button from '@mui/material/Button';
import Popover from '@mui/material/Popover';
import { styled } from '@mui/material/styles';
import { useState, type ReactNode } from 'react';
import { color, media, size, type } from '../theme/tokens.ts';
import { ChevronDownIcon } from './icons.tsx';
import { Notice } from './Notice.tsx';
import { SearchField } from './SearchField.tsx';

const Top = styled('div')({ padding: 10, borderBottom: `1px solid ${color.line}` });
const List = styled('ul')({ listStyle: 'none', padding: 5, maxHeight: 320, overflowY: 'auto' });
const Item = styled('label')({
  display: 'grid',
  gridTemplateColumns: 'auto minmax(0, 1fr) auto',
  alignItems: 'baseline',
  columnGap: 10,
  padding: '7px 9px',
  borderRadius: 4,
  cursor: 'pointer',
  '&:hover, &:focus-within': { backgroundColor: color.sunken },
  '&[data-disabled]': { cursor: 'default', color: color.textSecondary, backgroundColor: 'transparent' },
  '& input': { accentColor: color.primary, translate: '0 2px' },
  [media.coarse]: { minHeight: size.touch },
});
const Reason = styled('span')({ ...type.small, gridColumn: '2 / -1', color: color.textSecondary });
const Detail = styled('span')({ ...type.small, color: color.textSecondary });
const Foot = styled('div')({
  display: 'grid',
  gap: 8,
  padding: 10,
  borderTop: `1px solid ${color.line}`,
  justifyItems: 'end',
});
const Silence = styled('p')({ padding: '14px 12px', color: color.textSecondary });

export type PickerItem = {
  id: string;
  name: string;
  /** Beside the name: “3 replicas”. */
  detail?: string;
  /** Under the name: what to know before choosing it. */
  note?: string | undefined;
  /** Why it can’t be chosen. */
  disabledReason?: string | undefined;
};

type MultiPickerProps = {
  /** The button: “Add Workspaces”. */
  label: string;
  searchLabel: string;
  search: string;
  onSearch: (text: string) => void;
  /** Undefined while they load. */
  items: readonly PickerItem[] | undefined;
  /** What to say when there is none. */
  empty: ReactNode;
  /** “Add 3 workspaces”, for the number chosen. */
  submitLabel: (count: number) => string;
  loading: boolean;
  error: Error | null;
  /** Resolves when they are in; the picker then closes. */
  onSubmit: (ids: string[]) => Promise<unknown>;
};

/** A dropdown to choose several at once from a list that can be searched. What can't be chosen says why. */
export function MultiPicker(props: MultiPickerProps) {
  const { label, searchLabel, search, onSearch, items, empty, submitLabel, loading, error, onSubmit } = props;
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const close = () => {
    setAnchor(null);
    setChosen(new Set());
    onSearch('');
  };
  const toggle = (id: string) => {
    const changed = new Set(chosen);
    if (!changed.delete(id)) changed.add(id);
    setChosen(changed);
  };
  return (
    <>
      <Button
        variant="contained"
        color="primary"
        endIcon={<ChevronDownIcon />}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {label}
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => {
          if (!loading) close();
        }}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: -6, horizontal: 'right' }}
        slotProps={{ paper: { role: 'dialog', 'aria-label': label, sx: { width: 360 } } }}
      >
        <Top>
          <SearchField label={searchLabel} value={search} onSearch={onSearch} width={338} />
        </Top>
        {items?.length === 0 && <Silence>{empty}</Silence>}
        {items === undefined && <Silence>Loading…</Silence>}
        <List aria-label={label}>
          {items?.map(({ id, name, detail, note, disabledReason }) => (
            <li key={id}>
              <Item data-disabled={disabledReason === undefined ? undefined : ''}>
                <input
                  type="checkbox"
                  checked={chosen.has(id)}
                  disabled={disabledReason !== undefined || loading}
                  onChange={() => toggle(id)}
                />
                <span>{name}</span>
                <Detail>{detail}</Detail>
                {(disabledReason ?? note) !== undefined && <Reason>{disabledReason ?? note}</Reason>}
              </Item>
            </li>
          ))}
        </List>
        <Foot aria-live="polite">
          {error && <Notice state="failed">{error.message}</Notice>}
          <Button
            variant="contained"
            color="primary"
            disabled={chosen.size === 0}
            loading={loading}
            onClick={() => void onSubmit([...chosen]).then(close, () => undefined)}
          >
            {submitLabel(chosen.size)}
          </Button>
        </Foot>
      </Popover>
    </>
  );
}
