import { styled } from '@mui/material/styles';
import { providerNames } from '../../contract/pipelines/identity.ts';
import type { TrustedRepository } from '../../contract/pipelines/pipelines.ts';
import { QuietLink } from '../ui/links.tsx';
import { StateMark } from '../ui/StateMark.tsx';
import type { Column } from '../ui/table/column.ts';
import { Secondary, Small, Tag } from '../ui/text.tsx';
import { RelativeTime } from '../ui/Time.tsx';
import { issuerName } from './issuers.ts';
import { limitsInWords, stateWords, trustedName } from './ruleWords.ts';

const Name = styled('span')({ fontWeight: 500, overflowWrap: 'anywhere' });
const Several = styled('span')({ display: 'inline-flex', gap: 8, alignItems: 'center' });
const Limits = styled('span')({ display: 'block', maxWidth: 320 });

function Vpns({ vpns }: TrustedRepository) {
  if (vpns === null) return <>All of the team’s</>;
  const [first, ...more] = vpns;
  if (first === undefined) return <Secondary>None</Secondary>;
  return (
    <Several title={vpns.map(({ name }) => name).join('\n')}>
      <span>{first.name}</span>
      {more.length > 0 && <Tag>+{more.length}</Tag>}
    </Several>
  );
}

function LimitedTo(rule: TrustedRepository) {
  const limits = limitsInWords(rule);
  return (
    <Secondary>
      <Limits>{limits.length === 0 ? 'Any run' : limits.join(', ')}</Limits>
    </Secondary>
  );
}

export const ruleColumns: Column<TrustedRepository>[] = [
  {
    id: 'repository',
    header: 'Repository',
    card: 'title',
    skeleton: 150,
    cell: (rule) => (
      <QuietLink
        from="/teams/$team/settings/trusted-repositories"
        to="/teams/$team/settings/trusted-repositories/$rule"
        params={{ rule: rule.id }}
      >
        <Name>{trustedName(rule)}</Name>
      </QuietLink>
    ),
  },
  {
    id: 'state',
    header: 'State',
    card: 'state',
    skeleton: 80,
    cell: ({ state }) => <StateMark state={stateWords[state].mark}>{stateWords[state].words}</StateMark>,
  },
  {
    id: 'issuer',
    header: 'Where',
    card: 'start',
    skeleton: 120,
    cell: ({ issuer }) => (
      <Secondary>
        {providerNames[issuer.provider]}, {issuerName(issuer)}
      </Secondary>
    ),
  },
  { id: 'vpns', header: 'VPNs', card: 'end', skeleton: 110, cell: Vpns },
  { id: 'limits', header: 'Limited to', card: 'foot', skeleton: 120, cell: LimitedTo },
  {
    id: 'used',
    header: 'Last used',
    align: 'end',
    wideOnly: true,
    skeleton: 60,
    cell: ({ lastUsedAt }) => (
      <Small>{lastUsedAt === null ? 'never' : <RelativeTime at={lastUsedAt} />}</Small>
    ),
  },
];
