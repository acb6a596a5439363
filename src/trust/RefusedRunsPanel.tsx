import { styled } from '@mui/material/styles';
import { providerNames } from '../../contract/pipelines/identity.ts';
import { color, media, type } from '../theme/tokens.ts';
import { ButtonLink } from '../ui/links.tsx';
import { Panel, PanelBar, PanelTitle } from '../ui/Panel.tsx';
import { StateShape } from '../ui/StateMark.tsx';
import { Mono, Small } from '../ui/text.tsx';
import { RelativeTime } from '../ui/Time.tsx';
import { issuerName } from './issuers.ts';
import type { Refused } from './refusals.ts';

const List = styled('ul')({ listStyle: 'none', margin: 0, padding: 0 });
const Item = styled('li')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr) auto',
  alignItems: 'center',
  gap: '2px 18px',
  padding: '12px 14px',
  '& + &': { borderTop: `1px solid ${color.line}` },
  [media.phone]: { gridTemplateColumns: 'minmax(0, 1fr)', rowGap: 10 },
});
const Title = styled('h3')({
  ...type.body,
  fontWeight: 500,
  margin: 0,
  display: 'flex',
  alignItems: 'baseline',
  gap: 8,
  overflowWrap: 'anywhere',
});
const Why = styled('p')({ overflowWrap: 'anywhere' });
const Facts = styled('p')({ ...type.small, color: color.textSecondary, overflowWrap: 'anywhere' });

const Strangers = styled('section')({ borderTop: `1px solid ${color.line}` });
const Caution = styled('div')({ padding: '12px 14px' });
const CautionTitle = styled('h3')({ ...type.body, fontWeight: 500, margin: 0 });

/**
 * Pipelines that wanted in and weren’t let in, each with the way to let it in; apart from them those of owners that no rule
 * names, since anybody can come so. Nothing where there is none.
 */
export function RefusedRunsPanel({ team, refused }: { team: string; refused: readonly Refused[] }) {
  if (refused.length === 0) return null;
  const own = refused.filter(({ run }) => run.knownOwner);
  const strangers = refused.filter(({ run }) => !run.knownOwner);
  return (
    <Panel aria-label="Refused lately">
      <PanelBar>
        <PanelTitle>Refused lately</PanelTitle>
        <Small data-end="">Only runs whose token was genuine</Small>
      </PanelBar>
      {own.length > 0 && <Refusals team={team} refused={own} />}
      {strangers.length > 0 && (
        <Strangers aria-label="Unknown owner">
          <Caution>
            <CautionTitle>Unknown owner</CautionTitle>
            <Facts>
              No rule names these owners. Anybody with an account at the service can come with such a token,
              and take a name that looks like yours: compare the ids with those of your own repository before
              you trust it.
            </Facts>
          </Caution>
          <Refusals team={team} refused={strangers} />
        </Strangers>
      )}
    </Panel>
  );
}

const Refusals = ({ team, refused }: { team: string; refused: readonly Refused[] }) => (
  <List>
    {refused.map((one) => (
      <Item key={one.run.id}>
        <Refusal {...one} />
        <Remedy team={team} {...one} />
      </Item>
    ))}
  </List>
);

const Refusal = ({ run, admittedBy: { issuer, owner, repository, event, ref } }: Refused) => (
  <div>
    <Title>
      <StateShape state="failed" />
      {repository.name}
    </Title>
    <Why>{run.message}</Why>
    <Facts>
      {run.provider !== 'api-token' && (
        <>
          {providerNames[run.provider]}, {issuerName({ provider: run.provider, url: issuer })} ·{' '}
        </>
      )}
      owner <Mono>{owner.id}</Mono> · repository <Mono>{repository.id}</Mono>
      {event !== null && <> · {event}</>}
      {ref !== null && <> · {ref}</>} · <RelativeTime at={run.at} />
    </Facts>
  </div>
);

const Remedy = ({ team, run, rule, admittedBy: { repository } }: Refused & { team: string }) =>
  rule === undefined ? (
    <ButtonLink
      to="/teams/$team/settings/trusted-repositories/new"
      params={{ team }}
      search={{ run: run.id }}
      aria-label={`Trust this repository, ${repository.name}`}
    >
      Trust this repository
    </ButtonLink>
  ) : (
    <ButtonLink
      to="/teams/$team/settings/trusted-repositories/$rule"
      params={{ team, rule: rule.id }}
      search={{ run: run.id }}
      aria-label={`Change its rule, ${repository.name}`}
    >
      Change its rule
    </ButtonLink>
  );
