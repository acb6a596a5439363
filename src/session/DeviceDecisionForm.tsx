import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeviceDecision, DeviceRequest } from '../../contract/deviceCodes.ts';
import { api, apiPath } from '../api/client.ts';
import { color, radius, type } from '../theme/tokens.ts';
import { Fields } from '../ui/form/FormSection.tsx';
import { SelectField } from '../ui/form/Select.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Row } from '../ui/Panel.tsx';
import { Mono, Paragraph, Secondary } from '../ui/text.tsx';
import { RelativeTime } from '../ui/Time.tsx';
import { EntryPage } from './EntryPage.tsx';
import { useSession } from './viewer.ts';

const Code = styled('p')({
  ...type.mono,
  fontSize: '1.375rem',
  lineHeight: '2rem',
  letterSpacing: '0.08em',
  textAlign: 'center',
  padding: '10px 12px',
  borderRadius: radius.control,
  border: `1px solid ${color.line}`,
  backgroundColor: color.sunken,
});

/** Shows which machine asks, and takes the answer of whoever is signed in. */
export function DeviceDecisionForm({ request }: { request: DeviceRequest }) {
  const { userCode, clientName, clientAddress, createdAt } = request;
  const { user, teams } = useSession();
  const [teamId, setTeamId] = useState(teams[0]?.id ?? '');
  const team = teams.find(({ id }) => id === teamId);
  const decide = useMutation({
    mutationFn: (decision: DeviceDecision) =>
      api.post<null>(apiPath`/device-codes/${userCode}/decision`, decision),
  });

  if (decide.isSuccess) {
    return decide.variables.decision === 'deny' ? (
      <EntryPage
        title={`${clientName} was refused`}
        intro="Nothing was signed in. You can close this page."
      />
    ) : (
      <EntryPage
        title={`${clientName} is signed in`}
        intro={`Go back to your terminal. It acts as you in ${team?.name ?? ''} for 90 days, or until you revoke its token.`}
      >
        <div>
          <ButtonLink to="/account">Your API tokens</ButtonLink>
        </div>
      </EntryPage>
    );
  }
  if (team === undefined) {
    return (
      <EntryPage
        title="Sign in the command line"
        intro="You are in no team, so there is nothing that the command line could reach. Ask an admin for an invitation."
      />
    );
  }
  return (
    <EntryPage
      title={`Sign in ${clientName}?`}
      intro={
        <>
          Allow it only if your terminal shows this code, after a <Mono>culvert login</Mono> that you ran
          yourself.
        </>
      }
    >
      <Fields>
        <Code aria-label="Code">{userCode}</Code>
        <Paragraph>
          Asked for <RelativeTime at={createdAt} />
          {clientAddress !== null && (
            <>
              {' '}
              from <Mono>{clientAddress}</Mono>
            </>
          )}
          . <Secondary>The name is what that machine calls itself.</Secondary>
        </Paragraph>
        {teams.length > 1 && (
          <SelectField
            label="Team"
            help="What it can reach. Run culvert login again for another one."
            options={teams.map(({ id, name }) => ({ value: id, label: name }))}
            value={teamId}
            onChange={(event) => setTeamId(event.target.value)}
          />
        )}
        <Paragraph>
          It may do in {team.name} what you may do as {user.name} ({user.email}).
        </Paragraph>
        {decide.error && <Notice state="failed">{decide.error.message}</Notice>}
        <Row>
          <Button
            variant="contained"
            color="primary"
            loading={decide.isPending && decide.variables.decision === 'allow'}
            disabled={decide.isPending}
            onClick={() => decide.mutate({ decision: 'allow', team: teamId })}
          >
            Allow
          </Button>
          <Button
            loading={decide.isPending && decide.variables.decision === 'deny'}
            disabled={decide.isPending}
            onClick={() => decide.mutate({ decision: 'deny' })}
          >
            Refuse
          </Button>
        </Row>
      </Fields>
    </EntryPage>
  );
}
