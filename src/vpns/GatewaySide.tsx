import { styled } from '@mui/material/styles';
import { useState, type ReactNode } from 'react';
import { documentText } from '../../contract/gatewayConfig/documentText.ts';
import type { GatewayKind } from '../../contract/gatewayConfig/document.ts';
import { renderGateway } from '../../contract/gatewayConfig/render.ts';
import type { VpnSettings } from '../../contract/vpns.ts';
import { kindOf, kindOptions, rememberedKind, rememberKind } from '../gatewayConfig/kinds.ts';
import { PartContent, partName } from '../gatewayConfig/PartContent.tsx';
import { Proof } from '../gatewayConfig/Proof.tsx';
import { Unfit } from '../gatewayConfig/Unfit.tsx';
import { color, radius, type } from '../theme/tokens.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { FilterSelect } from '../ui/form/Select.tsx';
import { Panel, PanelBar, PanelTitle, Row } from '../ui/Panel.tsx';
import { Small } from '../ui/text.tsx';

const PartTitle = styled('h3')({
  ...type.small,
  color: color.textSecondary,
  fontWeight: 400,
  padding: '12px 16px 0',
  overflowWrap: 'anywhere',
  '& + pre': { paddingTop: 6 },
});

const Parts = styled('div')({ '& > * + h3': { borderTop: `1px solid ${color.line}` } });
const Inset = styled('div')({ padding: 12 });

const Foot = styled('div')({
  display: 'grid',
  gap: 10,
  justifyItems: 'start',
  padding: '10px 12px 12px',
  borderTop: `1px solid ${color.line}`,
  borderRadius: `0 0 ${radius.panel}px ${radius.panel}px`,
});

type GatewaySideProps = { settings: VpnSettings; note: string; actions?: ReactNode };

/** What the gateway has to be set to for these settings, half filled ones too. Never holds the pre-shared key. */
export function GatewaySide({ settings, note, actions }: GatewaySideProps) {
  const [kind, setKind] = useState(rememberedKind);
  const document = renderGateway(kind, settings);
  const choose = (chosen: GatewayKind) => {
    rememberKind(chosen);
    setKind(chosen);
  };
  return (
    <Panel aria-label="The gateway’s side">
      <PanelBar>
        <PanelTitle>The gateway’s side</PanelTitle>
        <span data-end="">
          <FilterSelect
            label="Kind of gateway"
            options={kindOptions}
            value={kind}
            onChange={(event) => choose(kindOf(event.target.value) ?? kind)}
          />
        </span>
      </PanelBar>
      {document.unfit === null ? (
        <Parts data-compact="">
          {document.parts.flatMap((part) => [
            <PartTitle key={`${partName(part)} title`}>{partName(part)}</PartTitle>,
            <PartContent key={partName(part)} part={part} />,
          ])}
        </Parts>
      ) : (
        <Inset>
          <Unfit document={document} onKind={choose} />
        </Inset>
      )}
      <Foot>
        <Row>
          {document.unfit === null && <CopyButton text={documentText(document)} label="Copy" />}
          {actions}
        </Row>
        <Proof proof={document.proof} />
        <Small>{note}</Small>
      </Foot>
    </Panel>
  );
}
