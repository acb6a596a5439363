import { styled } from '@mui/material/styles';
import { Fragment, useId, useState } from 'react';
import type { GatewayPart } from '../../contract/gatewayConfig/document.ts';
import { color, media, size, type } from '../theme/tokens.ts';
import { Segment } from './Segment.tsx';

type Step = Extract<GatewayPart, { kind: 'steps' }>['steps'][number];

const Steps = styled('ol')({ listStyle: 'none', '& > li + li': { borderTop: `1px solid ${color.line}` } });

const Place = styled('label')({
  display: 'flex',
  alignItems: 'baseline',
  gap: 10,
  padding: '12px 16px 4px',
  fontWeight: 500,
  cursor: 'pointer',
  '& > input': {
    flex: 'none',
    width: 15,
    height: 15,
    margin: 0,
    translate: '0 2px',
    accentColor: color.primary,
    cursor: 'inherit',
  },
  '&:has(:checked)': { color: color.textSecondary },
  [media.coarse]: { minHeight: size.touch, alignItems: 'center', '& > input': { translate: 'none' } },
});

const Entries = styled('dl')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 3fr)',
  columnGap: 18,
  rowGap: 5,
  padding: '2px 16px 14px 41px',
  breakInside: 'avoid',
  '& > dt': { ...type.small, color: color.textSecondary, lineHeight: '1.25rem' },
  '& > dd': { ...type.mono, minWidth: 0, overflowWrap: 'anywhere' },
  '[data-compact] &': { gridTemplateColumns: 'minmax(0, 1fr)', rowGap: 0, '& > dd': { marginBottom: 6 } },
  [media.phone]: { gridTemplateColumns: 'minmax(0, 1fr)', rowGap: 0, '& > dd': { marginBottom: 6 } },
});

function StepItem({ step, number }: { step: Step; number: number }) {
  const id = useId();
  const [done, setDone] = useState(false);
  return (
    <li>
      <Place htmlFor={id}>
        <input id={id} type="checkbox" checked={done} onChange={() => setDone(!done)} />
        <span>
          {number}. {step.where}
        </span>
      </Place>
      <Entries>
        {step.fields.map(({ field, value }, at) => (
          <Fragment key={at}>
            <dt>{field}</dt>
            <dd>
              <Segment segment={value} />
            </dd>
          </Fragment>
        ))}
      </Entries>
    </li>
  );
}

/** Pages of the gateway's own interface, to be ticked off one by one. What is ticked lasts as long as the page. */
export const Checklist = ({ steps, label }: { steps: readonly Step[]; label: string }) => (
  <Steps aria-label={label}>
    {steps.map((step, index) => (
      <StepItem key={`${index} ${step.where}`} step={step} number={index + 1} />
    ))}
  </Steps>
);
