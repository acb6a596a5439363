import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { teamQuery } from './api/team.ts';
import { portsQuery } from './ports/queries.ts';
import { parseSearch, stringifySearch, textParams } from './routing.ts';
import { passSignedIn, requireTeam, requireViewer } from './session/guards.ts';
import { NotFoundPage } from './shell/NotFoundPage.tsx';
import { RouteError } from './shell/RouteError.tsx';
import { PendingPage } from './ui/PendingPage.tsx';
import { AccountShell, TeamShell } from './shell/shells.tsx';
import { sharedPortsQuery } from './sharedPorts/queries.ts';
import {
  connectedWorkspacesQuery,
  tunnelsQuery,
  verificationsQuery,
  vpnQuery,
  vpnsQuery,
} from './api/vpns.ts';
import {
  joinTokensQuery,
  replicasQuery,
  workspaceQuery,
  workspacesQuery,
  workspaceTunnelsQuery,
} from './api/workspaces.ts';

/*
 * Every address of the dashboard. Pages are fetched when they are first opened, and their data is asked for at the same
 * time: a loader never waits, because pages show their own skeletons and errors. What a page does with its search
 * parameters is its own affair, here is only which there are.
 */

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({ notFoundComponent: NotFoundPage });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async ({ context, location }) => {
    const session = await requireViewer(context.queryClient, location.href);
    const team = session.teams[0];
    if (team === undefined) throw redirect({ to: '/account', replace: true });
    throw redirect({ to: '/teams/$team/vpns', params: { team: team.id }, replace: true });
  },
});

// Named, because inference of the route’s parameters would not wait for it.
const signInSearch = textParams('to', 'problem');
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: signInSearch,
  beforeLoad: ({ context, search }) => passSignedIn(context.queryClient, search.to),
  component: lazyRouteComponent(() => import('./session/SignInPage.tsx'), 'SignInPage'),
});
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./session/SetupPage.tsx'), 'SetupPage'),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(() => import('./session/InvitationPage.tsx'), 'InvitationPage'),
});
const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  component: lazyRouteComponent(() => import('./session/ResetPasswordPage.tsx'), 'ResetPasswordPage'),
});

// The code that `culvert login` shows; without it, the page asks for it.
const deviceSearch = textParams('code');
const device = createRoute({
  getParentRoute: () => root,
  path: '/device',
  validateSearch: deviceSearch,
  beforeLoad: async ({ context, location }) => {
    await requireViewer(context.queryClient, location.href);
  },
  component: lazyRouteComponent(() => import('./session/DevicePage.tsx'), 'DevicePage'),
});

// What a link shows to somebody without an account: it asks nobody who is there.
const sharedGatewayConfig = createRoute({
  getParentRoute: () => root,
  path: '/gateway-config',
  component: lazyRouteComponent(() => import('./gatewayConfig/SharedConfigPage.tsx'), 'SharedConfigPage'),
});

const accountShell = createRoute({
  getParentRoute: () => root,
  path: '/account',
  beforeLoad: async ({ context, location }) => {
    await requireViewer(context.queryClient, location.href);
  },
  component: AccountShell,
});
const account = createRoute({
  getParentRoute: () => accountShell,
  path: '/',
  validateSearch: textParams('linked', 'problem'),
  component: lazyRouteComponent(() => import('./account/AccountPage.tsx'), 'AccountPage'),
});

const team = createRoute({
  getParentRoute: () => root,
  path: '/teams/$team',
  beforeLoad: ({ context, location, params }) => requireTeam(context.queryClient, location.href, params.team),
  component: TeamShell,
});
const teamHome = createRoute({
  getParentRoute: () => team,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/teams/$team/vpns', params, replace: true });
  },
});

// By name, because a loader’s types can’t be inferred from a call in its place.
const vpnListSearch = textParams('search', 'sort', 'state');
// `dialog=move` asks where `workspace`, or all, shall move: to the VPN `to`. `from` is the VPN that this one is a copy of.
const connectedSearch = textParams('search', 'state', 'dialog', 'workspace', 'to', 'from', 'tunnel');
const workspaceListSearch = textParams('search', 'sort', 'dialog');
const sharedPortListSearch = textParams('search', 'sort', 'visibility');

const vpns = createRoute({
  getParentRoute: () => team,
  path: 'vpns',
  validateSearch: vpnListSearch,
  loaderDeps: ({ search: { search, sort, state } }) => ({ search, sort, state }),
  loader: ({ context, params, deps }) =>
    void context.queryClient.prefetchInfiniteQuery(vpnsQuery(params.team, deps)),
  component: lazyRouteComponent(() => import('./vpns/VpnsPage.tsx'), 'VpnsPage'),
});
const newVpn = createRoute({
  getParentRoute: () => team,
  path: 'vpns/new',
  // `dialog=import` asks for the gateway's file.
  validateSearch: textParams('duplicate', 'dialog'),
  component: lazyRouteComponent(() => import('./vpns/CreateVpnPage.tsx'), 'CreateVpnPage'),
});
const editVpn = createRoute({
  getParentRoute: () => team,
  path: 'vpns/$vpn/edit',
  // The field to start at, as a diagnosis names it: `esp.proposals`.
  validateSearch: textParams('field'),
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(vpnQuery(params.team, params.vpn)),
  component: lazyRouteComponent(() => import('./vpns/EditVpnPage.tsx'), 'EditVpnPage'),
});
const vpn = createRoute({
  getParentRoute: () => team,
  path: 'vpns/$vpn',
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(vpnQuery(params.team, params.vpn)),
  component: lazyRouteComponent(() => import('./vpns/VpnLayout.tsx'), 'VpnLayout'),
});
const vpnHome = createRoute({
  getParentRoute: () => vpn,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/teams/$team/vpns/$vpn/overview', params, replace: true });
  },
});
const vpnOverview = createRoute({
  getParentRoute: () => vpn,
  path: 'overview',
  component: lazyRouteComponent(() => import('./vpns/VpnOverviewTab.tsx'), 'VpnOverviewTab'),
});
const vpnWorkspaces = createRoute({
  getParentRoute: () => vpn,
  path: 'workspaces',
  validateSearch: connectedSearch,
  loaderDeps: ({ search }) => ({ search: search.search }),
  loader: ({ context: { queryClient }, params: { team, vpn }, deps }) => {
    void queryClient.prefetchInfiniteQuery(connectedWorkspacesQuery(team, vpn, deps.search));
    void queryClient.prefetchQuery(tunnelsQuery(team, vpn));
  },
  component: lazyRouteComponent(() => import('./vpns/VpnWorkspacesTab.tsx'), 'VpnWorkspacesTab'),
});
const vpnVerify = createRoute({
  getParentRoute: () => vpn,
  path: 'verify',
  validateSearch: textParams('address', 'port', 'verification'),
  loader: ({ context, params }) =>
    void context.queryClient.prefetchInfiniteQuery(verificationsQuery(params.team, params.vpn)),
  component: lazyRouteComponent(() => import('./vpns/VpnVerifyTab.tsx'), 'VpnVerifyTab'),
});
// `kind` of the gateway and address `pool`: what the configuration is written for.
const gatewayConfigSearch = textParams('kind', 'pool', 'dialog');
const vpnGatewayConfig = createRoute({
  getParentRoute: () => vpn,
  path: 'gateway-config',
  validateSearch: gatewayConfigSearch,
  component: lazyRouteComponent(() => import('./gatewayConfig/GatewayConfigTab.tsx'), 'GatewayConfigTab'),
});
const vpnPipelines = createRoute({
  getParentRoute: () => vpn,
  path: 'ci-cd',
  // The service that the steps are for.
  validateSearch: textParams('provider'),
  component: lazyRouteComponent(() => import('./pipelines/PipelinesTab.tsx'), 'PipelinesTab'),
});
const vpnActivity = createRoute({
  getParentRoute: () => vpn,
  path: 'activity',
  component: lazyRouteComponent(() => import('./vpns/VpnActivityTab.tsx'), 'VpnActivityTab'),
});

const workspaces = createRoute({
  getParentRoute: () => team,
  path: 'workspaces',
  validateSearch: workspaceListSearch,
  loaderDeps: ({ search: { search, sort } }) => ({ search, sort }),
  loader: ({ context, params, deps }) =>
    void context.queryClient.prefetchInfiniteQuery(workspacesQuery(params.team, deps)),
  component: lazyRouteComponent(() => import('./workspaces/WorkspacesPage.tsx'), 'WorkspacesPage'),
});
const workspace = createRoute({
  getParentRoute: () => team,
  path: 'workspaces/$workspace',
  loader: ({ context, params }) =>
    void context.queryClient.prefetchQuery(workspaceQuery(params.team, params.workspace)),
  component: lazyRouteComponent(() => import('./workspaces/WorkspaceLayout.tsx'), 'WorkspaceLayout'),
});
const workspaceHome = createRoute({
  getParentRoute: () => workspace,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/teams/$team/workspaces/$workspace/ports', params, replace: true });
  },
});
const workspacePorts = createRoute({
  getParentRoute: () => workspace,
  path: 'ports',
  // `port` and `protocol` alone are how the gateway’s pages ask for another protocol.
  validateSearch: textParams('port', 'protocol', 'dialog', 'ignored'),
  loader: ({ context: { queryClient }, params: { team, workspace } }) => {
    void queryClient.prefetchQuery(portsQuery(team, workspace));
    void queryClient.prefetchQuery(teamQuery(team));
  },
  component: lazyRouteComponent(() => import('./ports/PortsTab.tsx'), 'PortsTab'),
});
const workspaceVpns = createRoute({
  getParentRoute: () => workspace,
  path: 'vpns',
  loader: ({ context, params }) =>
    void context.queryClient.prefetchQuery(workspaceTunnelsQuery(params.team, params.workspace)),
  component: lazyRouteComponent(() => import('./workspaces/WorkspaceVpnsTab.tsx'), 'WorkspaceVpnsTab'),
});
const workspaceReplicas = createRoute({
  getParentRoute: () => workspace,
  path: 'replicas',
  validateSearch: textParams('dialog'),
  loader: ({ context, params }) =>
    void context.queryClient.prefetchInfiniteQuery(replicasQuery(params.team, params.workspace)),
  component: lazyRouteComponent(
    () => import('./workspaces/WorkspaceReplicasTab.tsx'),
    'WorkspaceReplicasTab',
  ),
});
const workspaceSettings = createRoute({
  getParentRoute: () => workspace,
  path: 'settings',
  loader: ({ context, params }) =>
    void context.queryClient.prefetchInfiniteQuery(joinTokensQuery(params.team, params.workspace)),
  component: lazyRouteComponent(
    () => import('./workspaces/WorkspaceSettingsTab.tsx'),
    'WorkspaceSettingsTab',
  ),
});

const sharedPorts = createRoute({
  getParentRoute: () => team,
  path: 'ports',
  validateSearch: sharedPortListSearch,
  loaderDeps: ({ search: { search, sort, visibility } }) => ({ search, sort, visibility }),
  loader: ({ context, params, deps }) =>
    void context.queryClient.prefetchInfiniteQuery(sharedPortsQuery(params.team, deps)),
  component: lazyRouteComponent(() => import('./sharedPorts/PortsPage.tsx'), 'PortsPage'),
});
const members = createRoute({
  getParentRoute: () => team,
  path: 'members',
  // `dialog=tokens` shows the API tokens of `member`.
  validateSearch: textParams('search', 'dialog', 'member'),
  component: lazyRouteComponent(() => import('./team/MembersPage.tsx'), 'MembersPage'),
});
const activity = createRoute({
  getParentRoute: () => team,
  path: 'activity',
  validateSearch: textParams('search'),
  component: lazyRouteComponent(() => import('./team/ActivityPage.tsx'), 'ActivityPage'),
});
const settings = createRoute({
  getParentRoute: () => team,
  path: 'settings',
  component: lazyRouteComponent(() => import('./team/SettingsLayout.tsx'), 'SettingsLayout'),
});
const generalSettings = createRoute({
  getParentRoute: () => settings,
  path: '/',
  validateSearch: textParams('dialog'),
  component: lazyRouteComponent(() => import('./team/GeneralSettingsTab.tsx'), 'GeneralSettingsTab'),
});
const trustedRepositories = createRoute({
  getParentRoute: () => settings,
  path: 'trusted-repositories',
  // `dialog=confirm` asks whether the rule `rule` means who came.
  validateSearch: textParams('dialog', 'rule'),
  component: lazyRouteComponent(() => import('./trust/TrustedRepositoriesTab.tsx'), 'TrustedRepositoriesTab'),
});
const trustRepository = createRoute({
  getParentRoute: () => team,
  path: 'settings/trusted-repositories/new',
  // From a refused run, or for a VPN, at one of the services.
  validateSearch: textParams('run', 'vpn', 'provider'),
  component: lazyRouteComponent(() => import('./trust/TrustRepositoryPage.tsx'), 'TrustRepositoryPage'),
});
const trustRule = createRoute({
  getParentRoute: () => team,
  path: 'settings/trusted-repositories/$rule',
  // The run that it refused.
  validateSearch: textParams('run'),
  component: lazyRouteComponent(() => import('./trust/EditRulePage.tsx'), 'EditRulePage'),
});
const teamSecrets = createRoute({
  getParentRoute: () => settings,
  path: 'secrets',
  validateSearch: textParams('dialog'),
  component: lazyRouteComponent(() => import('./secrets/TeamSecretsTab.tsx'), 'TeamSecretsTab'),
});
const signInSettings = createRoute({
  getParentRoute: () => settings,
  path: 'sign-in',
  validateSearch: textParams('form'),
  component: lazyRouteComponent(() => import('./signInSettings/SignInSettingsTab.tsx'), 'SignInSettingsTab'),
});

const routeTree = root.addChildren([
  home,
  signIn,
  setup,
  invitation,
  resetPassword,
  device,
  sharedGatewayConfig,
  accountShell.addChildren([account]),
  team.addChildren([
    teamHome,
    vpns,
    newVpn,
    editVpn,
    vpn.addChildren([
      vpnHome,
      vpnOverview,
      vpnWorkspaces,
      vpnVerify,
      vpnGatewayConfig,
      vpnPipelines,
      vpnActivity,
    ]),
    workspaces,
    workspace.addChildren([
      workspaceHome,
      workspacePorts,
      workspaceVpns,
      workspaceReplicas,
      workspaceSettings,
    ]),
    sharedPorts,
    members,
    activity,
    settings.addChildren([generalSettings, trustedRepositories, teamSecrets, signInSettings]),
    trustRepository,
    trustRule,
  ]),
]);

/** The dashboard’s router. Links fetch their page’s code when the pointer comes near. */
export const createDashboardRouter = (queryClient: QueryClient) =>
  createRouter({
    routeTree,
    context: { queryClient },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 150,
    defaultPendingMinMs: 0,
    defaultPendingComponent: PendingPage,
    defaultErrorComponent: RouteError,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createDashboardRouter>;
  }
}
