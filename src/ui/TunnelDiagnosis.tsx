import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import type { Diagnosis } from '../../contract/tunnels.ts';
import { color, type } from '../theme/tokens.ts';
import { CodeBlock } from './CodeBlock.tsx';
import { TechnicalText } from './TechnicalText.tsx';
import { CopyButton } from './CopyButton.tsx';
import { DiagnosisPanel } from './DiagnosisPanel.tsx';
import { LogLines } from './LogLines.tsx';

const Command = styled('div')({ width: '100%' });
const Foot = styled('div')({
  ...type.small,
  color: color.textSecondary,
  display: 'grid',
  gap: 2,
  marginTop: 8,
  '&:empty': { display: 'none' },
});

type TunnelDiagnosisProps = {
  diagnosis: Diagnosis;
  /** Whether the tunnel is down because of it; else it is shown as a warning. */
  failed: boolean;
  /** The button that leads to where it is mended, made from `diagnosis.here.action`. */
  action?: ReactNode;
  /** Which other replicas it speaks for, and when the next try is. */
  children?: ReactNode;
};

/** What is wrong with a tunnel, why, and how to mend it on this side or on the gateway, with the log that proves it. */
export const TunnelDiagnosis = ({ diagnosis, failed, action, children }: TunnelDiagnosisProps) => {
  const { title, cause, here, gateway, log } = diagnosis;
  return (
    <DiagnosisPanel
      severity={failed ? 'failure' : 'warning'}
      title={title}
      cause={<TechnicalText>{cause}</TechnicalText>}
      here={
        <>
          <p>
            <TechnicalText>{here.text}</TechnicalText>
          </p>
          {here.command !== null && (
            <Command>
              <CodeBlock text={here.command} what="the command that mends it" />
            </Command>
          )}
          {action}
        </>
      }
      gateway={
        gateway === null ? undefined : (
          <>
            <p>
              <TechnicalText>{gateway.text}</TechnicalText>
            </p>
            <CopyButton text={gateway.copy} label="Copy for the network admin" />
          </>
        )
      }
    >
      <Foot>
        {children}
        <LogLines lines={log} gatewayLine={gateway?.logLine} />
      </Foot>
    </DiagnosisPanel>
  );
};
