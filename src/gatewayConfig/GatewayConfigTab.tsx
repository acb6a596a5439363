import { styled } from '@mui/material/styles';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { GatewayKind } from '../../contract/gatewayConfig/document.ts';
import { renderGateway } from '../../contract/gatewayConfig/render.ts';
import { may } from '../../contract/permissions.ts';
import type { Vpn } from '../../contract/vpns.ts';
import { reasonOf } from '../session/reason.ts';
import { useTeam } from '../session/viewer.ts';
import { color } from '../theme/tokens.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { FieldPair } from '../ui/form/FormSection.tsx';
import { SelectField } from '../ui/form/Select.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { Panel, PanelBody, Row, Stack } from '../ui/Panel.tsx';
import { vpnQuery } from '../api/vpns.ts';
import { DocumentActions } from './DocumentActions.tsx';
import { DocumentView } from './DocumentView.tsx';
import { GatewayLinksPanel } from './GatewayLinksPanel.tsx';
import { hideKey, lacksKey } from './hideKey.ts';
import { KeyChoice, noKey, useChosenKey } from './KeyChoice.tsx';
import { kindOf, kindOptions, rememberedKind, rememberKind } from './kinds.ts';
import { PoolField, poolRefusal } from './PoolField.tsx';
import { PrintStyles } from './PrintStyles.tsx';
import { Proof } from './Proof.tsx';
import { Unfit } from './Unfit.tsx';

// With its form and its rules it is larger than this page.
const ShareDialog = lazy(() => import('./ShareDialog.tsx'));

const route = getRouteApi('/teams/$team/vpns/$vpn/gateway-config');

const Choices = styled(PanelBody)({ display: 'grid', gap: 18 });
const Foot = styled(Row)({
  padding: '12px 18px',
  borderTop: `1px solid ${color.line}`,
  '& > [data-end]': { marginLeft: 'auto' },
});

/** What the gateway has to be set to for a VPN, by the kind of gateway. */
export function GatewayConfigTab() {
  const { id: team } = useTeam();
  const { vpn: id } = route.useParams();
  const { data: vpn } = useQuery(vpnQuery(team, id));
  // The frame around the tabs shows that the VPN loads, or why it can’t.
  return vpn === undefined ? null : <GatewayConfig key={vpn.id} vpn={vpn} />;
}

function GatewayConfig({ vpn }: { vpn: Vpn }) {
  const team = useTeam();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/teams/$team/vpns/$vpn/gateway-config' });
  const go = (next: { kind?: GatewayKind; pool?: string; dialog?: string }) =>
    void navigate({ search: { ...search, ...next }, replace: true, resetScroll: false });
  const [first] = useState(rememberedKind);
  const kind = kindOf(search.kind) ?? first;
  const pool = search.pool ?? '';
  const choose = (chosen: GatewayKind) => {
    rememberKind(chosen);
    go({ kind: chosen });
  };
  const [keyChosen, setKeyChosen] = useState(noKey);
  const key = useChosenKey(vpn, keyChosen);

  const options = pool === '' ? {} : { pool };
  const without = renderGateway(kind, vpn, options);
  const document = key === undefined ? without : renderGateway(kind, vpn, { ...options, preSharedKey: key });
  const hidden = key !== undefined && !keyChosen.show && !lacksKey(document);
  const mayChange = may.manageVpns(team.actor).allowed;
  const mayShare = may.rolloutVpns(team.actor);
  const refusal = poolRefusal(pool, vpn);
  return (
    <Stack>
      <PrintStyles />
      <Panel aria-label="What it is for" data-screen="">
        <Choices>
          <FieldPair>
            <SelectField
              label="Gateway"
              options={kindOptions}
              value={kind}
              help={<Proof proof={document.proof} />}
              onChange={(event) => choose(kindOf(event.target.value) ?? kind)}
            />
            <PoolField
              settings={vpn}
              replicas={vpn.replicas}
              value={pool}
              onChange={(text) => go({ pool: text })}
            />
          </FieldPair>
          {mayChange && document.unfit === null && (
            <KeyChoice vpn={vpn} value={keyChosen} onChange={setKeyChosen} />
          )}
        </Choices>
        <Foot>
          {document.unfit === null && <DocumentActions document={document} vpn={vpn.name} />}
          <span data-end="">
            <ActionButton
              variant="contained"
              color="primary"
              disabledReason={
                reasonOf(mayShare) ?? (refusal && 'Choose an address pool that can be used first.')
              }
              onClick={() => go({ dialog: 'share' })}
            >
              Share with the network admin
            </ActionButton>
          </span>
        </Foot>
      </Panel>
      {document.unfit !== null && (
        <Unfit
          document={document}
          onKind={choose}
          edit={
            mayChange && (
              <ButtonLink
                to="/teams/$team/vpns/$vpn/edit"
                params={{ team: team.id, vpn: vpn.id }}
                search={{ field: 'ike.version' }}
              >
                Edit the VPN
              </ButtonLink>
            )
          }
        />
      )}
      {document.unfit === null && (
        <DocumentView
          document={document}
          shown={hidden ? hideKey(document, without) : document}
          vpn={vpn.name}
        />
      )}
      {mayShare.allowed && <GatewayLinksPanel team={team.id} vpn={vpn.id} />}
      {search.dialog === 'share' && mayShare.allowed && refusal === undefined && (
        <Suspense>
          <ShareDialog
            team={team.id}
            vpn={vpn}
            kind={kind}
            pool={pool === '' ? null : pool}
            onClose={() => go({ dialog: '' })}
          />
        </Suspense>
      )}
    </Stack>
  );
}
