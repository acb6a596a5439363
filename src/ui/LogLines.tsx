import { styled } from '@mui/material/styles';
import { color, media, radius, size, type } from '../theme/tokens.ts';
import { ChevronDownIcon } from './icons.tsx';
import { Mono } from './text.tsx';

const Disclosure = styled('details')({
  '& > summary': {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 4,
    marginLeft: -4,
    padding: '2px 4px',
    listStyle: 'none',
    cursor: 'pointer',
    borderRadius: 3,
    '&:hover': { color: color.text },
    '&::-webkit-details-marker': { display: 'none' },
    '& > svg': { rotate: '-90deg' },
    [media.coarse]: { minHeight: size.touch },
  },
  '&[open] > summary > svg': { rotate: '0deg' },
});

const Lines = styled('pre')({
  ...type.mono,
  fontSize: type.small.fontSize,
  margin: '6px 0 0',
  padding: '8px 10px',
  overflowX: 'auto',
  whiteSpace: 'pre-wrap',
  overflowWrap: 'anywhere',
  color: color.text,
  backgroundColor: color.surface,
  border: `1px solid ${color.line}`,
  borderRadius: radius.control,
});

const GatewayLine = styled('p')({ marginTop: 8, '& > span': { color: color.text } });

/** The replica’s log lines that prove a diagnosis, and what to look for in the gateway’s own log. */
export function LogLines({
  lines,
  gatewayLine,
}: {
  lines: readonly string[];
  gatewayLine: string | undefined;
}) {
  const hint = gatewayLine === undefined || gatewayLine === '' ? undefined : gatewayLine;
  if (lines.length === 0 && hint === undefined) return null;
  return (
    <Disclosure>
      <summary>
        <ChevronDownIcon size={14} />
        Log lines that show it
      </summary>
      {lines.length > 0 && (
        <Lines tabIndex={0} aria-label="The replica’s log">
          {lines.join('\n')}
        </Lines>
      )}
      {hint !== undefined && (
        <GatewayLine>
          In the gateway’s log, look for: <Mono>{hint}</Mono>
        </GatewayLine>
      )}
    </Disclosure>
  );
}
