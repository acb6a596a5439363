import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import type { GatewayKind, GatewayPart } from '../../contract/gatewayConfig/document.ts';
import { partText } from '../../contract/gatewayConfig/documentText.ts';
import { partFileName } from '../../contract/gatewayConfig/fileNames.ts';
import { type } from '../theme/tokens.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { Panel, PanelBar, PanelTitle, Row } from '../ui/Panel.tsx';
import { Small } from '../ui/text.tsx';
import { download } from './download.ts';
import { PartContent, partName } from './PartContent.tsx';

const Name = styled(Small)({ ...type.mono, fontSize: '0.78125rem', overflowWrap: 'anywhere' });

type PartPanelProps = {
  /** What is copied and downloaded. */
  part: GatewayPart;
  /** The same as it is shown: the key may be hidden in it. */
  shown: GatewayPart;
  kind: GatewayKind;
  /** The VPN's name. */
  vpn: string;
};

/** One thing that the network admin does: to read, copy and download by itself. */
export function PartPanel({ part, shown, kind, vpn }: PartPanelProps) {
  const name = partName(part);
  const inText = part.kind === 'file' || part.kind === 'commands';
  return (
    <Panel aria-label={name}>
      <PanelBar>
        <PanelTitle>{part.title}</PanelTitle>
        {inText && <Name>{name}</Name>}
        <Row data-end="" data-screen="">
          <CopyButton text={partText(part)} aria-label={`Copy ${name}`} />
          <Button
            size="small"
            aria-label={`Download ${name}`}
            onClick={() => download(partFileName(part, vpn, kind), partText(part))}
          >
            Download
          </Button>
        </Row>
      </PanelBar>
      <PartContent part={shown} />
    </Panel>
  );
}
