import { styled } from '@mui/material/styles';
import type { VpnSettings } from '../../contract/vpns.ts';
import { ipsecConfText, renderIpsecConf } from '../../contract/ipsecConf.ts';
import { color, radius, type } from '../theme/tokens.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { Panel, PanelBar, PanelTitle } from '../ui/Panel.tsx';
import { Small } from '../ui/text.tsx';

const Conf = styled('pre')({
  ...type.mono,
  margin: 0,
  padding: '14px 16px',
  overflowX: 'auto',
  whiteSpace: 'pre-wrap',
  wordBreak: 'break-all',
  '& mark': {
    color: color.primary,
    backgroundColor: color.primarySoft,
    borderRadius: 2,
    padding: '1px 2px',
    margin: '0 -1px',
  },
  '& > [data-heading]': { color: color.textSecondary },
});

const Foot = styled('div')({
  display: 'grid',
  gap: 10,
  justifyItems: 'start',
  padding: '10px 12px 12px',
  borderTop: `1px solid ${color.line}`,
  borderRadius: `0 0 ${radius.panel}px ${radius.panel}px`,
});

type GatewaySideProps = { settings: VpnSettings; note: string };

/** What the gateway has to be set to for these settings. Never holds the pre-shared key. */
export function GatewaySide({ settings, note }: GatewaySideProps) {
  const lines = renderIpsecConf(settings);
  return (
    <Panel aria-label="The gateway’s side">
      <PanelBar>
        <PanelTitle>The gateway’s side</PanelTitle>
        <Small data-end="">strongSwan ipsec.conf</Small>
      </PanelBar>
      <Conf tabIndex={0} aria-label="The gateway’s ipsec.conf">
        {lines.map((line, number) => (
          <div key={number} data-heading={/^\S/.test(line[0]?.text ?? '') ? '' : undefined}>
            {line.map(({ text, match }, at) => (match ? <mark key={at}>{text}</mark> : text))}
            {line.length === 0 && '\n'}
          </div>
        ))}
      </Conf>
      <Foot>
        <CopyButton text={ipsecConfText(lines)} label="Copy" />
        <Small>{note}</Small>
      </Foot>
    </Panel>
  );
}
