import { styled } from '@mui/material/styles';
import type { ImportedLine } from '../../../contract/gatewayImport/imported.ts';
import { color, media, radius, type } from '../../theme/tokens.ts';
import { verdictInks, VerdictShape, verdictWords } from './verdicts.tsx';

const List = styled('ol')({
  listStyle: 'none',
  border: `1px solid ${color.line}`,
  borderRadius: radius.control,
  overflow: 'hidden',
});

const Line = styled('li')({
  display: 'grid',
  gridTemplateColumns: '4ch 11px minmax(0, 1fr) auto',
  columnGap: 10,
  alignItems: 'baseline',
  padding: '3px 12px 3px 6px',
  // A file may have thousands of lines: those out of sight cost nothing.
  contentVisibility: 'auto',
  containIntrinsicSize: 'auto 26px',
  '& + &[data-noted], &[data-noted] + &': { borderTop: `1px solid ${color.line}` },
  [media.phone]: { gridTemplateColumns: '3ch 11px minmax(0, 1fr)', padding: '5px 10px', columnGap: 8 },
});
const LineNumber = styled('span')({
  ...type.mono,
  fontSize: '0.75rem',
  color: color.textTertiary,
  textAlign: 'right',
  userSelect: 'none',
});
const Text = styled('code')({
  ...type.mono,
  whiteSpace: 'pre-wrap',
  overflowWrap: 'anywhere',
  minHeight: '1.25rem',
  '&[data-quiet]': { color: color.textSecondary },
});
const Word = styled('span')({ ...type.small, whiteSpace: 'nowrap', [media.phone]: { gridColumn: '3' } });
const Note = styled('span')({
  ...type.small,
  gridColumn: '3 / -1',
  color: color.textSecondary,
  paddingBottom: 4,
  overflowWrap: 'anywhere',
});

/** Lines of a gateway's file with what became of each. `label` names the list. */
export const FileLines = ({ lines, label }: { lines: readonly ImportedLine[]; label: string }) => (
  <List aria-label={label}>
    {lines.map(({ number, text, verdict, note }) => (
      <Line key={number} data-noted={note === null ? undefined : ''}>
        <LineNumber>{number}</LineNumber>
        {verdict === null ? <span /> : <VerdictShape verdict={verdict} />}
        <Text data-quiet={verdict === null ? '' : undefined}>{text === '' ? ' ' : text}</Text>
        {verdict === null ? (
          <span />
        ) : (
          <Word style={{ color: verdictInks[verdict] }}>{verdictWords[verdict]}</Word>
        )}
        {note !== null && <Note>{note}</Note>}
      </Line>
    ))}
  </List>
);
