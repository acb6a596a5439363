import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { styled } from '@mui/material/styles';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useSession, type ViewerTeam } from '../session/viewer.ts';
import { color, media, motion, radius, size } from '../theme/tokens.ts';
import { CheckIcon, ChevronDownIcon } from '../ui/icons.tsx';
import { Tag } from '../ui/text.tsx';

const Button = styled('button')({
  ...motion('border-color'),
  display: 'flex',
  alignItems: 'center',
  justifyContent: 'space-between',
  gap: 8,
  minHeight: size.control + 2,
  padding: '0 9px',
  textAlign: 'left',
  color: color.text,
  backgroundColor: color.surface,
  border: `1px solid ${color.line}`,
  borderRadius: radius.control,
  cursor: 'pointer',
  '& > span': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  '&:hover': { borderColor: color.lineStrong },
  [media.coarse]: { minHeight: size.touch },
});

/** The team one is in, and the others one could be in. */
export function TeamSwitcher({ team }: { team: ViewerTeam }) {
  const { teams } = useSession();
  const navigate = useNavigate();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button
        type="button"
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-label={`Team: ${team.name}`}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <span>{team.name}</span>
        <ChevronDownIcon size={14} />
      </Button>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={() => setAnchor(null)}
        slotProps={{ paper: { sx: { minWidth: anchor?.offsetWidth ?? 0 } } }}
      >
        {teams.map(({ id, name, role }) => (
          <MenuItem
            key={id}
            selected={id === team.id}
            onClick={() => {
              setAnchor(null);
              void navigate({ to: '/teams/$team/vpns', params: { team: id } });
            }}
          >
            {id === team.id ? <CheckIcon /> : <span style={{ width: 16 }} />}
            {name}
            <Tag style={{ marginLeft: 'auto' }}>{role}</Tag>
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
