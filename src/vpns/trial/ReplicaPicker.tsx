import Button from '@mui/material/Button';
import Popover from '@mui/material/Popover';
import { styled } from '@mui/material/styles';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { TrialReplica } from '../../../contract/vpnTrials.ts';
import { useTeam } from '../../session/viewer.ts';
import { color, media, size, type } from '../../theme/tokens.ts';
import { ChevronDownIcon } from '../../ui/icons.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { Mono, Small } from '../../ui/text.tsx';
import { trialReplicasQuery } from './replicasQuery.ts';

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
const Silence = styled('p')({ padding: '14px 12px', color: color.textSecondary });
const Box = styled('div')({ display: 'grid', gap: 6, justifyItems: 'start', minWidth: 0 });
const Label = styled('span')({ ...type.small, fontWeight: 500 });

type ReplicaPickerProps = {
  /** Replicas of its workspaces come first. */
  vpn: string | null;
  chosen: TrialReplica | undefined;
  onChoose: (replica: TrialReplica) => void;
  disabled: boolean;
};

/** One of the team's replicas. Those that can't be chosen are there, with the reason. */
export function ReplicaPicker({ vpn, chosen, onChoose, disabled }: ReplicaPickerProps) {
  const { id: team } = useTeam();
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [search, setSearch] = useState('');
  const { data, error } = useInfiniteQuery({
    ...trialReplicasQuery(team, vpn, search),
    enabled: anchor !== null,
  });
  const close = () => {
    setAnchor(null);
    setSearch('');
  };
  return (
    <Box>
      <Label id={`${id}-label`}>Replica</Label>
      <Button
        aria-labelledby={`${id}-label ${id}-name`}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        disabled={disabled}
        endIcon={<ChevronDownIcon />}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <Mono id={`${id}-name`}>{chosen?.replica.name ?? 'Choose a replica'}</Mono>
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={close}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        transformOrigin={{ vertical: -6, horizontal: 'left' }}
        slotProps={{ paper: { role: 'dialog', 'aria-label': 'Choose a replica', sx: { width: 360 } } }}
      >
        <Top>
          <SearchField label="Search replicas" value={search} onSearch={setSearch} width={338} />
        </Top>
        {data === undefined && <Silence>{error === null ? 'Loading…' : error.message}</Silence>}
        {data?.items.length === 0 && <Silence>No replica matches “{search}”.</Silence>}
        <List aria-label="Replicas">
          {data?.items.map((item) => (
            <li key={item.replica.id}>
              <Item data-disabled={item.blocked === null ? undefined : ''}>
                <input
                  type="radio"
                  name={`${id}-replica`}
                  checked={item.replica.id === chosen?.replica.id}
                  disabled={item.blocked !== null}
                  onClick={close}
                  onChange={() => onChoose(item)}
                />
                <Mono>{item.replica.name}</Mono>
                {item.connected && <Small>connected</Small>}
                {item.blocked !== null && <Reason>{item.blocked.message}</Reason>}
              </Item>
            </li>
          ))}
        </List>
      </Popover>
    </Box>
  );
}
