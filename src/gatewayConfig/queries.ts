import { queryOptions } from '@tanstack/react-query';
import type { GatewayLink, SharedGatewayConfig } from '../../contract/gatewayLinks.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { pagedQuery } from '../api/pages.ts';

export const gatewayLinksQuery = (team: string, vpn: string) =>
  pagedQuery<GatewayLink>(
    [...keys.vpn(team, vpn), 'gateway-links'],
    apiPath`/teams/${team}/vpns/${vpn}/gateway-links`,
  );

/** What a link shows. The token travels in the body, so that it is in no log of an address. */
export const sharedConfigQuery = (token: string) =>
  queryOptions({
    queryKey: ['gateway-link', token],
    queryFn: ({ signal }) => api.post<SharedGatewayConfig>('/gateway-links/lookup', { token }, { signal }),
    staleTime: Infinity,
  });
