import { styled } from '@mui/material/styles';
import { describeProposal, parseProposal, weaknesses, type Phase } from '../../contract/proposals.ts';
import type { Vpn } from '../../contract/vpns.ts';
import { color } from '../theme/tokens.ts';
import { CopyIconButton } from '../ui/CopyButton.tsx';
import { Fact, Facts } from '../ui/Facts.tsx';
import { Panel, PanelBar, PanelBody, PanelTitle } from '../ui/Panel.tsx';
import { StateMark } from '../ui/StateMark.tsx';
import { Mono, Secondary, Small } from '../ui/text.tsx';
import { RelativeTime } from '../ui/Time.tsx';
import { durationWords } from '../ui/durationWords.ts';

const Lines = styled('ul')({ listStyle: 'none', display: 'grid', gap: 8 });
const Line = styled('li')({ display: 'grid' });
const Group = styled(PanelBody)({ '& + &': { borderTop: `1px solid ${color.line}` } });
const Beside = styled('span')({ display: 'inline-flex', alignItems: 'center', gap: 4, margin: '-4px 0' });

/** Each suite with its meaning in words, and what is weak about it. */
const Suites = ({ vpn, phase }: { vpn: Vpn; phase: Phase }) => (
  <Lines>
    {vpn[phase].proposals.map((text) => {
      const parsed = parseProposal(text, phase, vpn.ike.version);
      return (
        <Line key={text}>
          <Mono>{text}</Mono>
          {parsed.ok && <Small>{describeProposal(parsed.value)}</Small>}
          {parsed.ok &&
            weaknesses(parsed.value).map((weakness) => (
              <StateMark key={weakness} state="warning">
                {weakness}
              </StateMark>
            ))}
        </Line>
      );
    })}
  </Lines>
);

/** Everything that was set, in the order of the form. */
export const VpnReadout = ({ vpn }: { vpn: Vpn }) => (
  <Panel aria-label="Settings">
    <PanelBar>
      <PanelTitle>Settings</PanelTitle>
      <Small data-end="">
        Changed <RelativeTime at={vpn.updatedAt} />
        {vpn.updatedBy && ` by ${vpn.updatedBy.name}`}
      </Small>
    </PanelBar>
    <Group>
      <Facts>
        <Fact label="Pre-Shared Key">
          Set <RelativeTime at={vpn.preSharedKeyChangedAt} />. <Secondary>It can’t be read back.</Secondary>
        </Fact>
        <Fact label="Created">
          <RelativeTime at={vpn.createdAt} />
          {vpn.createdBy && ` by ${vpn.createdBy.name}`}
        </Fact>
      </Facts>
    </Group>
    <Group>
      <Facts>
        <Fact label="IKE version">IKEv{vpn.ike.version}</Fact>
        <Fact label="IKE lifetime">{durationWords(vpn.ike.lifetimeSeconds)}</Fact>
        <Fact label="IKE cipher suites">
          <Suites vpn={vpn} phase="ike" />
        </Fact>
      </Facts>
    </Group>
    <Group>
      <Facts>
        <Fact label="ESP lifetime">{durationWords(vpn.esp.lifetimeSeconds)}</Fact>
        <Fact label="ESP cipher suites">
          <Suites vpn={vpn} phase="esp" />
        </Fact>
      </Facts>
    </Group>
    <Group>
      <Facts>
        <Fact label="Peer IP">
          <Beside>
            <Mono>{vpn.peerIp}</Mono>
            <CopyIconButton text={vpn.peerIp} what="the peer IP" />
          </Beside>
        </Fact>
        <Fact label="Peer subnets">
          <Lines style={{ gap: 2 }}>
            {vpn.peerSubnets.map((subnet) => (
              <li key={subnet}>
                <Mono>{subnet}</Mono>
              </li>
            ))}
          </Lines>
        </Fact>
        <Fact label="Peer ID">{vpn.peerId === null ? 'The peer IP' : <Mono>{vpn.peerId}</Mono>}</Fact>
        <Fact label="UDP encapsulation">{vpn.udpEncapsulation ? 'Always' : 'Only behind NAT'}</Fact>
        <Fact label="Dead peer detection">Every {durationWords(vpn.dpdDelaySeconds)}</Fact>
      </Facts>
    </Group>
  </Panel>
);
