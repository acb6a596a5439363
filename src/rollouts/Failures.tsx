import { styled } from '@mui/material/styles';
import { may } from '../../contract/permissions.ts';
import type { Rollout, RolloutReplica } from '../../contract/rollouts.ts';
import { reasonOf } from '../session/reason.ts';
import { useTeam } from '../session/viewer.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { DiagnosisPanel } from '../ui/DiagnosisPanel.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { TunnelDiagnosis } from '../ui/TunnelDiagnosis.tsx';
import { failuresByCause } from './shownReplicas.ts';
import { isUnderWay } from './states.ts';
import { listed } from './wording.ts';

const Causes = styled('div')({ display: 'grid', gap: 10, padding: '0 14px 14px' });

/** “api-2 and api-4 tried it.” */
const triedBy = (replicas: readonly RolloutReplica[]) =>
  `${listed(replicas.map(({ replica }) => replica.name))} tried it.`;

/** Leads to the form of the VPN that was tried. What was typed isn't kept, so it opens as the VPN is. */
function EditAgain({ rollout, field }: { rollout: Rollout; field: string | undefined }) {
  const team = useTeam();
  const denied = reasonOf(may.manageVpns(team.actor));
  const tried = rollout.to ?? rollout.vpn;
  const label = rollout.kind === 'change' ? 'Edit and try again' : `Edit ${tried.name}`;
  if (denied !== undefined) {
    return (
      <ActionButton size="small" disabledReason={denied}>
        {label}
      </ActionButton>
    );
  }
  return (
    <ButtonLink
      size="small"
      to="/teams/$team/vpns/$vpn/edit"
      params={{ team: team.id, vpn: tried.id }}
      search={field === undefined ? {} : { field }}
    >
      {label}
    </ButtonLink>
  );
}

/** Why replicas went back: one explanation for each cause. */
export function Failures({ rollout }: { rollout: Rollout }) {
  const causes = failuresByCause(rollout.replicas);
  if (causes.length === 0) return null;
  const over = !isUnderWay(rollout);
  const edit = (field?: string) => over && <EditAgain rollout={rollout} field={field} />;
  return (
    <Causes>
      {causes.map((replicas) => {
        const [first] = replicas;
        if (first === undefined) return null;
        const { diagnosis, reason } = first;
        return diagnosis === null ? (
          <DiagnosisPanel
            key={first.replica.id}
            severity="warning"
            title="The new settings couldn’t be kept"
            cause={
              <>
                {reason} {triedBy(replicas)}
              </>
            }
            here={edit() || undefined}
          />
        ) : (
          <TunnelDiagnosis
            key={first.replica.id}
            diagnosis={diagnosis}
            failed={false}
            action={edit(diagnosis.here.action?.field)}
          >
            <p>{triedBy(replicas)}</p>
          </TunnelDiagnosis>
        );
      })}
    </Causes>
  );
}
