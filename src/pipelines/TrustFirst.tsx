import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type PipelineProvider, providerNames } from '../../contract/pipelines/identity.ts';
import { may } from '../../contract/permissions.ts';
import type { Vpn } from '../../contract/vpns.ts';
import { trustedRepositoriesQuery } from '../api/pipelines.ts';
import { useTeam } from '../session/viewer.ts';
import { color, radius } from '../theme/tokens.ts';
import { stateWords, trustedName } from '../trust/ruleWords.ts';
import { ButtonLink, TextLink } from '../ui/links.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Consequences } from '../ui/Consequences.tsx';
import { Row } from '../ui/Panel.tsx';
import { StateMark } from '../ui/StateMark.tsx';
import { Secondary } from '../ui/text.tsx';

const Pending = styled('div')({ height: 44, borderRadius: radius.panel, backgroundColor: color.sunken });

type TrustFirstProps = { vpn: Vpn; provider: PipelineProvider };

/** Which repositories of a service may use the VPN, and the way to let another one. */
export function TrustFirst({ vpn, provider }: TrustFirstProps) {
  const team = useTeam();
  const admin = may.manageTrust(team.actor).allowed;
  const query = useInfiniteQuery({ ...trustedRepositoriesQuery(team.id), enabled: admin });
  if (!admin) {
    return (
      <Secondary>
        An admin of the team has to trust the repository, in Settings, Trusted repositories. A run that isn’t
        trusted says in its log what to send them.
      </Secondary>
    );
  }
  if (query.error !== null && query.data === undefined) {
    const retry = (
      <Button onClick={() => void query.refetch()} loading={query.isFetching}>
        Try again
      </Button>
    );
    return (
      <Notice state="failed" action={retry}>
        The trusted repositories can’t be loaded. {query.error.message}
      </Notice>
    );
  }
  if (query.data === undefined)
    return <Pending role="status" aria-label="Loading the trusted repositories" />;
  const rules = query.data.items.filter(
    ({ issuer, vpns }) =>
      issuer.provider === provider && (vpns === null || vpns.some(({ id }) => id === vpn.id)),
  );
  const trust = (
    <ButtonLink
      to="/teams/$team/settings/trusted-repositories/new"
      params={{ team: team.id }}
      search={{ vpn: vpn.id, provider }}
    >
      {rules.length === 0 ? 'Trust a repository' : 'Trust another repository'}
    </ButtonLink>
  );
  if (rules.length === 0) {
    return (
      <Notice state="warning" action={trust}>
        No repository at {providerNames[provider]} may use {vpn.name} yet.
      </Notice>
    );
  }
  return (
    <>
      <Consequences
        label={`Repositories that may use ${vpn.name}`}
        items={rules.map((rule) => (
          <>
            <TextLink
              to="/teams/$team/settings/trusted-repositories/$rule"
              params={{ team: team.id, rule: rule.id }}
            >
              {trustedName(rule)}
            </TextLink>
            <StateMark state={stateWords[rule.state].mark}>{stateWords[rule.state].words}</StateMark>
          </>
        ))}
      />
      <Row>{trust}</Row>
    </>
  );
}
