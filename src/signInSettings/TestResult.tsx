import { styled } from '@mui/material/styles';
import type { SignInTest } from '../../contract/signInProviders.ts';
import { color, type } from '../theme/tokens.ts';
import { Panel, PanelBar, PanelTitle } from '../ui/Panel.tsx';
import { StateMark, type MarkState } from '../ui/StateMark.tsx';

type Result = SignInTest['steps'][number]['result'];

const Steps = styled('ol')({ listStyle: 'none', display: 'grid' });
const Step = styled('li')({
  display: 'grid',
  gap: 3,
  padding: '10px 14px',
  '& + &': { borderTop: `1px solid ${color.line}` },
  '& > p': { ...type.small, color: color.textSecondary, paddingLeft: 17, overflowWrap: 'anywhere' },
});

const marks: Readonly<Record<Result, MarkState>> = {
  ok: 'up',
  warning: 'warning',
  failed: 'failed',
  skipped: 'pending',
};
const words: Readonly<Record<Result, string>> = {
  ok: 'in order',
  warning: 'to be looked at',
  failed: 'failed',
  skipped: 'not tried',
};

/** What a test of the settings found, step by step. */
export const TestResult = ({ test }: { test: SignInTest }) => (
  <Panel aria-label="Test of the settings">
    <PanelBar role="status">
      <PanelTitle>
        {test.ok ? 'The provider is as it should be' : 'The provider can’t be used like this'}
      </PanelTitle>
    </PanelBar>
    <Steps>
      {test.steps.map(({ name, result, message }) => (
        <Step key={name}>
          <StateMark state={marks[result]}>
            {name}: {words[result]}
          </StateMark>
          {result !== 'skipped' && <p>{message}</p>}
        </Step>
      ))}
    </Steps>
  </Panel>
);
