import { useQuery } from '@tanstack/react-query';
import { may } from '../../contract/permissions.ts';
import { teamQuery } from '../api/team.ts';
import { reasonOf } from '../session/reason.ts';
import { useSession, useTeam } from '../session/viewer.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Fact, Facts } from '../ui/Facts.tsx';
import { FormSection } from '../ui/form/FormSection.tsx';
import { Anchor } from '../ui/links.tsx';
import { Panel, PanelBody } from '../ui/Panel.tsx';
import { Mono } from '../ui/text.tsx';
import { ApiTokensPanel } from './ApiTokensPanel.tsx';
import { PortPolicyForm } from './PortPolicyForm.tsx';
import { TeamNameForm } from './TeamNameForm.tsx';

/** The team’s name, what its ports may be, API tokens, and what server this is. */
export function GeneralSettingsTab() {
  const team = useTeam();
  const { server } = useSession();
  const { data, error, refetch, isFetching } = useQuery(teamQuery(team.id));
  return (
    <>
      <FormSection title="Team" purpose="How the team is called, for all its members.">
        {error !== null && data === undefined ? (
          <Panel>
            <ErrorState
              title="The team can’t be loaded"
              error={error}
              onRetry={refetch}
              retrying={isFetching}
            />
          </Panel>
        ) : (
          <TeamNameForm team={data} denied={reasonOf(may.manageTeam(team.actor))} />
        )}
      </FormSection>
      {data !== undefined && (
        <FormSection title="Port policy" purpose="Who owners of workspaces may share their ports with.">
          <PortPolicyForm team={data} denied={reasonOf(may.manageTeam(team.actor))} />
        </FormSection>
      )}
      <FormSection
        title="API tokens"
        purpose={
          <>
            For scripts. A token acts as its owner, in this team only.{' '}
            <Anchor href="/api/v1/docs">API reference</Anchor>
          </>
        }
      >
        <ApiTokensPanel team={team} />
      </FormSection>
      <FormSection title="Server" purpose="What this dashboard is connected to.">
        <Panel>
          <PanelBody>
            <Facts>
              <Fact label="Version">
                <Mono>{server.version}</Mono>
              </Fact>
              <Fact label="Address">
                <Mono>{server.publicUrl}</Mono>
              </Fact>
              <Fact label="Domain of forwarded ports">
                {server.portsDomain === null ? (
                  <>
                    None (<Mono>CULVERT_PORTS_DOMAIN</Mono>)
                  </>
                ) : (
                  <Mono>{server.portsDomain}</Mono>
                )}
              </Fact>
              <Fact label="Gateways on private addresses">
                {server.allowPrivatePeers ? (
                  'Allowed'
                ) : (
                  <>
                    Not allowed (<Mono>CULVERT_ALLOW_PRIVATE_PEERS</Mono>)
                  </>
                )}
              </Fact>
            </Facts>
          </PanelBody>
        </Panel>
      </FormSection>
    </>
  );
}
