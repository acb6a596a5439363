import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import type { Port } from '../../contract/ports.ts';
import type { Visibility } from '../../contract/visibility.ts';
import { color, media, type } from '../theme/tokens.ts';
import { GlobeIcon, LockIcon, TeamIcon } from './icons.tsx';
import { statusWords, visibilityNames } from './portWords.ts';
import { StateMark } from './StateMark.tsx';

const Words = styled('span')({ whiteSpace: 'nowrap', [media.tight]: { whiteSpace: 'normal' } });

/** Whether something listens, as shape and words. */
export function PortStatusMark({ status }: { status: Port['status'] }) {
  const { state, words } = statusWords[status];
  return (
    <StateMark state={state}>
      <Words>{words}</Words>
    </StateMark>
  );
}

export const visibilityIcons: Readonly<Record<Visibility, ReactNode>> = {
  private: <LockIcon />,
  organization: <TeamIcon />,
  public: <GlobeIcon />,
};

const Line = styled('span')({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 8,
  // Else the icon, which is taller than the words, would lift them off the row’s line.
  verticalAlign: 'top',
  whiteSpace: 'nowrap',
  '&[data-visibility=public]': { color: color.failed },
});

/** Who may reach a port, as icon and word. Public is the exception, so it is tinted. */
export const VisibilityMark = ({ visibility }: { visibility: Visibility }) => (
  <Line data-visibility={visibility}>
    {visibilityIcons[visibility]}
    {visibilityNames[visibility]}
  </Line>
);

const Number = styled('span')({ ...type.mono, fontWeight: 650 });
const Label = styled('span')({ color: color.textSecondary, overflowWrap: 'anywhere' });

/** A port’s number, and its label where it has one. */
export const PortName = ({ port, label }: { port: number; label: string | null }) => (
  <span>
    <Number>{port}</Number>
    {label !== null && <Label> {label}</Label>}
  </span>
);
