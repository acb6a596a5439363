import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { color, media, type, tint } from '../theme/tokens.ts';

const Box = styled('div')({
  display: 'grid',
  gap: 4,
  padding: '14px 20px 16px 18px',
  borderRadius: '0 6px 6px 0',
  borderLeft: '3px solid',
  minWidth: 0,
});
const Title = styled('h2')(type.heading);
const Columns = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
  gap: '12px 32px',
  marginTop: 6,
  [media.phone]: { gridTemplateColumns: 'minmax(0, 1fr)' },
});
const Side = styled('div')({
  display: 'grid',
  gap: 8,
  alignContent: 'start',
  justifyItems: 'start',
  minWidth: 0,
});
const SideTitle = styled('h3')({
  ...type.small,
  fontWeight: 500,
  margin: 0,
  marginBottom: -5,
  color: color.textSecondary,
});

type DiagnosisPanelProps = {
  severity: 'failure' | 'warning';
  title: string;
  cause: ReactNode;
  /** “Mend it here”: a sentence and the button that does it. */
  here?: ReactNode;
  /** “Or on the gateway”: a sentence and what to copy for its admin. */
  gateway?: ReactNode;
  /** The log lines that prove it. */
  children?: ReactNode;
};

/** A failure that explains itself in place: what, why, and the two sides on which it can be mended. */
export function DiagnosisPanel({ severity, title, cause, here, gateway, children }: DiagnosisPanelProps) {
  const ink = severity === 'failure' ? color.failed : color.warning;
  return (
    <Box role="group" aria-label={title} style={{ borderColor: ink, backgroundColor: tint(ink) }}>
      <Title style={{ color: ink }}>{title}</Title>
      <div>{cause}</div>
      {(here !== undefined || gateway !== undefined) && (
        <Columns>
          {here !== undefined && (
            <Side>
              <SideTitle>Mend it here</SideTitle>
              {here}
            </Side>
          )}
          {gateway !== undefined && (
            <Side>
              <SideTitle>{here === undefined ? 'On the gateway' : 'Or on the gateway'}</SideTitle>
              {gateway}
            </Side>
          )}
        </Columns>
      )}
      {children}
    </Box>
  );
}
