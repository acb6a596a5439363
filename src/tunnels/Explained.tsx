import { may } from '../../contract/permissions.ts';
import type { Tunnel } from '../../contract/tunnels.ts';
import { reasonOf } from '../session/reason.ts';
import { useTeam } from '../session/viewer.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { Row } from '../ui/Panel.tsx';
import { NextTry } from './NextTry.tsx';
import { TunnelDiagnosis } from '../ui/TunnelDiagnosis.tsx';
import { counted } from '../ui/counted.ts';

type ExplainedProps = {
  tunnel: Tunnel;
  /** The other replicas with the same cause, which have no panel of their own. */
  alsoAt: readonly Tunnel[];
  retrying: boolean;
  /** Why this viewer can’t have it tried again. */
  retryDenied: string | undefined;
  onRetry: (tunnels: readonly Tunnel[]) => void;
};

const NAMES_SHOWN = 4;

function alsoLine(others: readonly Tunnel[]): string {
  const names = others.slice(0, NAMES_SHOWN).map(({ replica }) => replica.name);
  const more = others.length - names.length;
  return `The same at ${names.join(', ')}${more > 0 ? ` and ${counted(more, 'more replica', 'more replicas')}` : ''}.`;
}

/** A replica’s diagnosis under its row: it speaks for all replicas with the same cause. */
export function Explained({ tunnel, alsoAt, retrying, retryDenied, onRetry }: ExplainedProps) {
  const team = useTeam();
  const { diagnosis, nextTryAt, vpn } = tunnel;
  if (diagnosis === null) return null;
  const { action } = diagnosis.here;
  const denied = reasonOf(may.manageVpns(team.actor));
  return (
    <TunnelDiagnosis
      diagnosis={diagnosis}
      failed={tunnel.state === 'failed'}
      action={
        action &&
        (denied === undefined ? (
          <ButtonLink
            size="small"
            to="/teams/$team/vpns/$vpn/edit"
            params={{ team: team.id, vpn: vpn.id }}
            search={{ field: action.field }}
          >
            {action.label}
          </ButtonLink>
        ) : (
          <ActionButton size="small" disabledReason={denied}>
            {action.label}
          </ActionButton>
        ))
      }
    >
      {alsoAt.length > 0 && <p>{alsoLine(alsoAt)}</p>}
      {nextTryAt !== null && (
        <Row>
          <span>
            {alsoAt.length === 0 ? 'The replica tries again by itself' : 'Replicas try again by themselves'},{' '}
            <NextTry at={nextTryAt} />.
          </span>
          <ActionButton
            variant="text"
            size="small"
            loading={retrying}
            disabledReason={retryDenied}
            onClick={() => onRetry([tunnel, ...alsoAt])}
          >
            Try again now
          </ActionButton>
        </Row>
      )}
    </TunnelDiagnosis>
  );
}
