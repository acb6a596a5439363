import { styled } from '@mui/material/styles';
import type { ConfSegment } from '../../contract/gatewayConfig/document.ts';
import { color } from '../theme/tokens.ts';

/** What has to be the same on both sides. */
const Match = styled('mark')({
  color: color.primary,
  backgroundColor: color.primarySoft,
  borderRadius: 2,
  padding: '1px 2px',
  margin: '0 -1px',
  '@media print': { fontWeight: 600, backgroundColor: 'transparent' },
});

const Missing = styled('span')({ color: color.textSecondary, fontStyle: 'italic' });

/** A piece of a configuration as it is shown. */
export function Segment({ segment: { text, match, missing } }: { segment: ConfSegment }) {
  if (missing) return <Missing>{text}</Missing>;
  return match ? <Match>{text}</Match> : text;
}
