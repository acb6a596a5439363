import { styled } from '@mui/material/styles';
import type { LineVerdict } from '../../../contract/gatewayImport/imported.ts';
import { color } from '../../theme/tokens.ts';

/** What each verdict is called beside its line. */
export const verdictWords: Readonly<Record<LineVerdict, string>> = {
  understood: 'Understood',
  mapped: 'Translated',
  fixed: 'Always so',
  ignored: 'Not needed',
  refused: 'Refused',
  unknown: 'Unknown',
};

export const verdictInks: Readonly<Record<LineVerdict, string>> = {
  understood: color.textSecondary,
  mapped: color.textSecondary,
  fixed: color.textSecondary,
  ignored: color.textSecondary,
  refused: color.failed,
  unknown: color.warning,
};

const Shape = styled('svg')({ flex: 'none', display: 'block' });

/** A shape of its own for each, so that nothing depends on colour: tick, arrow, bars, dash, triangle, hollow diamond. */
export const VerdictShape = ({ verdict }: { verdict: LineVerdict }) => (
  <Shape viewBox="0 0 12 12" width={11} height={11} fill="none" strokeWidth="1.5" aria-hidden="true">
    {verdict === 'understood' && <path d="m1.5 6.5 3 3 6-7" stroke={color.up} />}
    {verdict === 'mapped' && <path d="M1 6h9M6.5 2.5 10 6 6.5 9.5" stroke={color.primary} />}
    {verdict === 'fixed' && <path d="M1.5 4h9M1.5 8h9" stroke={color.textSecondary} />}
    {verdict === 'ignored' && <path d="M2.5 6h7" stroke={color.textSecondary} />}
    {verdict === 'refused' && <path d="M6 .8 11.8 11H.2z" fill={color.failed} />}
    {verdict === 'unknown' && <path d="m6 1 5 5-5 5-5-5z" stroke={color.warning} />}
  </Shape>
);
