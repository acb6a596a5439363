import { styled } from '@mui/material/styles';
import { color } from '../theme/tokens.ts';

const Box = styled('div')({ display: 'grid', gap: 20, padding: '4px 0' });
const Bar = styled('div')({ height: 22, width: 180, borderRadius: 6, backgroundColor: color.sunken });
const Block = styled('div')({ height: 220, borderRadius: 8, backgroundColor: color.sunken, opacity: 0.6 });

/** While a page’s code or the session is on its way. */
export const PendingPage = () => (
  <Box role="status" aria-label="Loading the page">
    <Bar />
    <Block />
  </Box>
);
