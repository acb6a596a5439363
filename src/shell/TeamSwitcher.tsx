import { styled } from '@mui/material/styles';
import { useNavigate } from '@tanstack/react-router';
import { useSession, type ViewerTeam } from '../session/viewer.ts';
import { color, media, motion, radius, size } from '../theme/tokens.ts';
import { ChevronDownIcon } from '../ui/icons.tsx';
import { useMenu } from '../ui/menu/useMenu.tsx';

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
  const { trigger, menu } = useMenu({
    actions: teams.map(({ id, name }) => ({
      key: id,
      label: name,
      selected: id === team.id,
      onSelect: () => void navigate({ to: '/teams/$team/vpns', params: { team: id } }),
    })),
  });
  return (
    <>
      <Button type="button" {...trigger} aria-label={`Team: ${team.name}`}>
        <span>{team.name}</span>
        <ChevronDownIcon size={14} />
      </Button>
      {menu}
    </>
  );
}
