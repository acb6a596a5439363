import IconButton from '@mui/material/IconButton';
import { styled } from '@mui/material/styles';
import type { SharedPort } from '../../contract/ports.ts';
import { color, type } from '../theme/tokens.ts';
import { CopyIconButton } from '../ui/CopyButton.tsx';
import { OpenIcon } from '../ui/icons.tsx';
import { shownAddress } from '../ui/portWords.ts';

const Line = styled('span')({ display: 'inline-flex', alignItems: 'center', minWidth: 0, maxWidth: '100%' });
const Link = styled('a')({
  ...type.mono,
  minWidth: 0,
  marginRight: 6,
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
  color: color.primary,
  textDecoration: 'none',
  '&:hover': { textDecoration: 'underline' },
});

/** Where a port is reached, to copy and to open. A tab of its own: the page that opens belongs to somebody else. */
export function PortAddress({ port, workspace, url }: SharedPort) {
  const what = `port ${port} of ${workspace.name}`;
  const outside = { href: url, target: '_blank', rel: 'noopener noreferrer' };
  return (
    <Line>
      <Link {...outside} title={url}>
        {shownAddress(url)}
      </Link>
      <CopyIconButton text={url} what={`the address of ${what}`} />
      <IconButton
        component="a"
        {...outside}
        aria-label={`Open ${what} in a new tab`}
        title="Open in a new tab"
      >
        <OpenIcon />
      </IconButton>
    </Line>
  );
}
