import { useTeam } from '../session/viewer.ts';
import { TextLink } from '../ui/links.tsx';

/** Why a VPN can't be changed now, with the way to where that can be followed and ended. */
export function RolloutRunning({ vpn, kind }: { vpn: string; kind: 'change' | 'move' }) {
  const { id: team } = useTeam();
  return (
    <>
      {kind === 'change' ? 'A change of this VPN' : 'A move of workspaces'} is on its way to the replicas. It
      has to be over, or be taken back, before another one is saved.{' '}
      <TextLink to="/teams/$team/vpns/$vpn/overview" params={{ team, vpn }}>
        See the progress
      </TextLink>
    </>
  );
}
