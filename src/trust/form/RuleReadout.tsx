import { styled } from '@mui/material/styles';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useWatch } from 'react-hook-form';
import { vpnsQuery } from '../../api/vpns.ts';
import { useTeam } from '../../session/viewer.ts';
import { color, type } from '../../theme/tokens.ts';
import { Panel, PanelBar, PanelBody, PanelTitle } from '../../ui/Panel.tsx';
import { StateShape } from '../../ui/StateMark.tsx';
import { readRule } from './readRule.ts';
import type { RuleValues } from './values.ts';

const List = styled('ul')({
  listStyle: 'none',
  display: 'grid',
  gap: 10,
  '& > li': { display: 'grid', gridTemplateColumns: '16px minmax(0, 1fr)', gap: 8, overflowWrap: 'anywhere' },
  '& svg': { marginTop: 5 },
});
const Then = styled('p')({
  ...type.small,
  color: color.textSecondary,
  marginTop: 14,
  paddingTop: 12,
  borderTop: `1px solid ${color.line}`,
});

/** What the rule lets in, in sentences, as it is being filled in. */
export function RuleReadout() {
  const { id: team } = useTeam();
  const values = useWatch<RuleValues>();
  const vpns = useInfiniteQuery(vpnsQuery(team)).data?.items ?? [];
  const { lets, keeps, next } = readRule(values, vpns);
  return (
    <Panel aria-label="What it lets in">
      <PanelBar>
        <PanelTitle>What it lets in</PanelTitle>
      </PanelBar>
      <PanelBody>
        <List>
          {lets.map((line) => (
            <li key={line}>
              <StateShape state="up" />
              <span>{line}</span>
            </li>
          ))}
          {keeps.map((line) => (
            <li key={line}>
              <StateShape state="lost" />
              <span>{line}</span>
            </li>
          ))}
        </List>
        <Then>{next}</Then>
      </PanelBody>
    </Panel>
  );
}
