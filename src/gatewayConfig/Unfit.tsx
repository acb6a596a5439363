import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { gatewayKindNames } from '../../contract/gatewayConfig/gatewayKindNames.ts';
import type { GatewayDocument, GatewayKind } from '../../contract/gatewayConfig/document.ts';
import { Notice } from '../ui/Notice.tsx';
import { Row } from '../ui/Panel.tsx';

type UnfitProps = {
  document: GatewayDocument;
  onKind: (kind: GatewayKind) => void;
  /** Leads to where the VPN can be changed, for who may. */
  edit?: ReactNode;
};

/** Why a kind of gateway can't take the settings, and what to choose instead. */
export const Unfit = ({ document: { kind, unfit }, onKind, edit }: UnfitProps) => (
  <Notice
    state="warning"
    action={
      <Row>
        {kind !== 'generic' && <Button onClick={() => onKind('generic')}>Show every value as a sheet</Button>}
        {edit}
      </Row>
    }
  >
    <strong>{gatewayKindNames[kind]} can’t be set up for this VPN as it is.</strong> {unfit}
  </Notice>
);
