import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import type { VpnTrial } from '../../../contract/vpnTrials.ts';
import { color, media, type } from '../../theme/tokens.ts';
import { StateMark, type MarkState } from '../../ui/StateMark.tsx';
import { RelativeTime } from '../../ui/Time.tsx';
import { TunnelDiagnosis } from '../../ui/TunnelDiagnosis.tsx';
import { Mono, Small } from '../../ui/text.tsx';
import { fieldOf, type FieldName } from '../form/checkForm.ts';
import { outcomeTitle, phaseFinding, phaseNames, tookWords } from './phaseWords.ts';

const Box = styled('div')({ display: 'grid', gap: 14, minWidth: 0 });
const Head = styled('div')({ display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', gap: '2px 12px' });
const Title = styled('h3')(type.heading);
const Steps = styled('ol')({ listStyle: 'none', display: 'grid' });
const Step = styled('li')({
  display: 'grid',
  gridTemplateColumns: '232px minmax(0, 1fr)',
  gap: '0 14px',
  padding: '6px 0',
  borderTop: `1px solid ${color.line}`,
  [media.phone]: { gridTemplateColumns: 'minmax(0, 1fr)' },
});
const Finding = styled('span')({ overflowWrap: 'anywhere', color: color.textSecondary });

const marks: Record<VpnTrial['phases'][number]['state'], MarkState> = {
  passed: 'up',
  failed: 'failed',
  'not-reached': 'pending',
};
const words: Record<VpnTrial['phases'][number]['state'], string> = {
  passed: 'Passed',
  failed: 'Failed',
  'not-reached': 'Not reached',
};

type TrialOutcomeProps = { trial: VpnTrial; onMend: (field: FieldName) => void };

/** How far a test came, phase by phase, and what to do about it. */
export function TrialOutcome({ trial, onMend }: TrialOutcomeProps) {
  const { diagnosis } = trial;
  const action = diagnosis?.here.action;
  const field = action ? fieldOf(action.field) : undefined;
  return (
    <Box role="group" aria-label="Outcome of the test">
      <Head>
        <Title>
          <StateMark state={trial.outcome === 'failed' ? 'failed' : diagnosis === null ? 'up' : 'warning'}>
            {outcomeTitle(trial)}
          </StateMark>
        </Title>
        <Small>
          <Mono>{trial.replica.name}</Mono>, in {tookWords(trial.tookMs)}, <RelativeTime at={trial.at} />
        </Small>
      </Head>
      <Steps aria-label="Phases">
        {trial.phases.map(({ phase, state }) => {
          const finding = state === 'passed' ? phaseFinding(trial, phase) : null;
          return (
            <Step key={phase}>
              <StateMark state={marks[state]}>{phaseNames[phase]}</StateMark>
              <Finding>{finding === null ? words[state] : <Mono>{finding}</Mono>}</Finding>
            </Step>
          );
        })}
      </Steps>
      {diagnosis !== null && (
        <TunnelDiagnosis
          diagnosis={diagnosis}
          failed={trial.outcome === 'failed'}
          action={
            action &&
            field !== undefined && (
              <Button size="small" onClick={() => onMend(field)}>
                {action.label}
              </Button>
            )
          }
        />
      )}
    </Box>
  );
}
