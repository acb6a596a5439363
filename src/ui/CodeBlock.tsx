import { styled } from '@mui/material/styles';
import { color, radius, type } from '../theme/tokens.ts';
import { CopyIconButton } from './CopyButton.tsx';

const Box = styled('div')({
  position: 'relative',
  backgroundColor: color.sunken,
  border: `1px solid ${color.line}`,
  borderRadius: radius.control,
});

const Pre = styled('pre')({
  ...type.mono,
  margin: 0,
  padding: '10px 48px 10px 12px',
  overflowX: 'auto',
  whiteSpace: 'pre-wrap',
  overflowWrap: 'anywhere',
  '&[data-whole]': { whiteSpace: 'pre', overflowWrap: 'normal' },
});

const Corner = styled('div')({ position: 'absolute', top: 5, right: 5 });

type CodeBlockProps = { text: string; what: string; focusCopy?: boolean; wholeLines?: boolean };

/**
 * A command or a piece of configuration, word for word, with a copy button. `what` names it: “the join command”. `focusCopy`:
 * the button takes the focus when it appears. `wholeLines`: long lines are scrolled to, where their indentation has a meaning.
 */
export const CodeBlock = ({ text, what, focusCopy = false, wholeLines = false }: CodeBlockProps) => (
  <Box>
    <Pre tabIndex={0} aria-label={what} data-whole={wholeLines ? '' : undefined}>
      {text}
    </Pre>
    <Corner>
      <CopyIconButton text={text} what={what} autoFocus={focusCopy} />
    </Corner>
  </Box>
);
