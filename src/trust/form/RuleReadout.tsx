import { styled } from '@mui/material/styles';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useFormContext } from 'react-hook-form';
import { vpnsQuery } from '../../api/vpns.ts';
import { useTeam } from '../../session/viewer.ts';
import { color, type } from '../../theme/tokens.ts';
import { Panel, PanelBar, PanelBody, PanelTitle } from '../../ui/Panel.tsx';
import { type MarkState, StateShape } from '../../ui/StateMark.tsx';
import { readRule } from './readRule.ts';
import type { RuleValues } from './values.ts';

const List = styled('ul')({
  listStyle: 'none',
  display: 'grid',
  gap: 8,
  '& + &': { marginTop: 8 },
  '& > li': { display: 'grid', gridTemplateColumns: '16px minmax(0, 1fr)', gap: 8, overflowWrap: 'anywhere' },
  '& svg': { marginTop: 5 },
});
const Heading = styled('h3')({ ...type.small, color: color.textSecondary, margin: '14px 0 6px' });
const Next = styled('p')({
  ...type.small,
  color: color.textSecondary,
  marginTop: 14,
  paddingTop: 12,
  borderTop: `1px solid ${color.line}`,
});

/** What the rule lets in, in sentences, as it is being filled in. */
export function RuleReadout() {
  const { id: team } = useTeam();
  const values = useFormContext<RuleValues>().watch();
  const vpns = useInfiniteQuery(vpnsQuery(team)).data?.items ?? [];
  const { lets, lacks, keepsOut, next } = readRule(values, vpns);
  return (
    <Panel aria-label="What it lets in">
      <PanelBar>
        <PanelTitle>What it lets in</PanelTitle>
      </PanelBar>
      <PanelBody>
        <Lines mark="up" lines={lets} />
        <Lines mark="pending" lines={lacks} />
        <Heading>What stays out</Heading>
        <Lines mark="lost" lines={keepsOut} />
        <Next>{next}</Next>
      </PanelBody>
    </Panel>
  );
}

const Lines = ({ mark, lines }: { mark: MarkState; lines: readonly string[] }) =>
  lines.length > 0 && (
    <List>
      {lines.map((line) => (
        <li key={line}>
          <StateShape state={mark} />
          <span>{line}</span>
        </li>
      ))}
    </List>
  );
