import { styled } from '@mui/material/styles';
import type { Vpn } from '../../contract/vpns.ts';
import { color } from '../theme/tokens.ts';
import { Panel, PanelBar, PanelBody, PanelTitle } from '../ui/Panel.tsx';
import { Mono } from '../ui/text.tsx';
import { counted } from '../ui/counted.ts';

const List = styled('ul')({
  listStyle: 'none',
  display: 'grid',
  gap: 10,
  color: color.textSecondary,
  '& strong': { fontWeight: 500, color: color.text },
});

/** What the gateway has to offer before a tunnel of this VPN can come up. */
export const VpnNeeds = ({ vpn }: { vpn: Vpn }) => (
  <Panel aria-label="What a tunnel needs">
    <PanelBar>
      <PanelTitle>What a tunnel needs</PanelTitle>
    </PanelBar>
    <PanelBody>
      <List>
        <li>
          <strong>The gateway answers</strong> at <Mono>{vpn.peerIp}</Mono> on UDP 500 and 4500, from the
          public internet.
        </li>
        <li>
          <strong>The same key and suites</strong> on both sides, and IKEv{vpn.ike.version}. Differing suites
          are the most common cause of failures.
        </li>
        <li>
          <strong>Several connections at once:</strong> every replica holds its own tunnel, from its own
          address, so the gateway has to accept any (<Mono>right=%any</Mono>).
        </li>
        <li>
          <strong>A virtual IP for each replica</strong> from the gateway’s pool:{' '}
          {counted(vpn.replicas, 'replica')} now.
        </li>
        <li>
          <strong>A way back:</strong> the private network routes that pool to the gateway.
        </li>
      </List>
    </PanelBody>
  </Panel>
);
