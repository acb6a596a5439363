import { styled } from '@mui/material/styles';
import type { ConfLine } from '../../contract/gatewayConfig/document.ts';
import { color, type } from '../theme/tokens.ts';
import { Segment } from './Segment.tsx';

const Conf = styled('pre')({
  ...type.mono,
  margin: 0,
  padding: '14px 16px',
  overflowX: 'auto',
  whiteSpace: 'pre-wrap',
  wordBreak: 'break-all',
  '& > [data-heading]': { color: color.textSecondary },
});

/** Lines of a file or of commands, with what has to match on both sides marked. `label` names them. */
export const ConfLines = ({ lines, label }: { lines: readonly ConfLine[]; label: string }) => (
  <Conf tabIndex={0} aria-label={label}>
    {lines.map((line, number) => (
      <div
        key={number}
        data-heading={/^[a-z]/.test(line[0]?.text ?? '') && line.length === 1 ? '' : undefined}
      >
        {line.map((segment, at) => (
          <Segment key={at} segment={segment} />
        ))}
        {line.length === 0 && '\n'}
      </div>
    ))}
  </Conf>
);
