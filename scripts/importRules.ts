/**
 * Which way imports go. The first folder of a path is its side; in `src` and `server`, the second one is a feature unless it
 * is listed as a foundation. New features need no entry: they are closed to others until something of them is listed as open.
 */
export const rules: ImportRules = {
  sides: {
    contract: [],
    src: ['contract'],
    server: ['contract'],
    agent: ['contract'],
    cli: ['contract'],
    mocks: ['contract', 'server'],
    scripts: ['contract', 'server', 'agent', 'cli', 'e2e'],
    e2e: ['contract', 'server', 'agent', 'cli', 'mocks', 'scripts'],
    bench: ['contract', 'server', 'agent', 'cli', 'mocks', 'scripts', 'e2e'],
  },
  // Its commands are tried on the app itself, and as they are handed out.
  tests: { cli: ['server', 'scripts'] },
  // The mock answers inside the page, and a build without it must hold nothing of it: only behind a condition.
  dynamic: { 'src/main.tsx': ['mocks/start.ts'] },
  foundations: {
    src: ['theme', 'ui', 'api'],
    server: ['http', 'db'],
  },
  open: [
    'src/activity/ActivityPanel.tsx',
    'src/apiTokens/',
    'src/rollouts/ChangeDialog.tsx',
    'src/rollouts/MoveDialog.tsx',
    'src/rollouts/move.ts',
    'src/rollouts/RolloutMark.tsx',
    'src/rollouts/RolloutProgress.tsx',
    'src/rollouts/RolloutRunning.tsx',
    'src/gatewayConfig/keptKey.ts',
    'src/gatewayConfig/kinds.ts',
    'src/gatewayConfig/PartContent.tsx',
    'src/gatewayConfig/Proof.tsx',
    'src/gatewayConfig/Unfit.tsx',
    'src/secrets/OwnSecrets.tsx',
    'src/secrets/WorkspaceSecretsPanel.tsx',
    'src/session/BrowsersPanel.tsx',
    'src/session/linkToken.ts',
    'src/session/PasswordForm.tsx',
    'src/session/ProfileForm.tsx',
    'src/session/reason.ts',
    'src/session/signOut.ts',
    'src/session/ThemeChoice.tsx',
    'src/session/viewer.ts',
    'src/signIn/JoinByProvider.tsx',
    'src/signIn/LinkOutcome.tsx',
    'src/signIn/OwnSignIn.tsx',
    'src/signIn/PasswordState.tsx',
    'src/signIn/ProviderButtons.tsx',
    'src/signIn/SignInProblemNotice.tsx',
    'src/timeline/TimelineDialog.tsx',
    'src/trust/providerOptions.ts',
    'src/trust/RefusedRunsPanel.tsx',
    'src/trust/refusals.ts',
    'src/trust/ruleWords.ts',
    'src/tunnels/',
    'server/activity/actor.ts',
    'server/activity/record.ts',
    'server/agents/hub.ts',
    'server/agents/install.ts',
    'server/agents/listTunnels.ts',
    'server/agents/tokenHandover.ts',
    'server/agents/tunnelRows.ts',
    'server/agents/tunnelSummaries.ts',
    'server/agents/wantedTunnels.ts',
    'server/pipelines/pipelineViewer.ts',
    'server/pipelines/testing/',
    'server/ports/announcePorts.ts',
    'server/ports/endAccess.ts',
    'server/ports/observeDeclared.ts',
    'server/ports/observeListening.ts',
    'server/ports/policy.ts',
    'server/ports/portUrl.ts',
    'server/ports/restart.ts',
    'server/rollouts/beginChange.ts',
    'server/rollouts/leaveMove.ts',
    'server/rollouts/refuseUnderWay.ts',
    'server/rollouts/rollouts.ts',
    'server/session/attemptLimit.ts',
    'server/session/account.ts',
    'server/session/clientAddress.ts',
    'server/session/invitations.ts',
    'server/session/links.ts',
    'server/session/sessionCookie.ts',
    'server/session/sessions.ts',
    'server/session/tokens.ts',
    'server/session/viewer.ts',
    'server/waysIn/localAdmin.ts',
    'server/waysIn/passwordsOff.ts',
    'server/team/memberRows.ts',
    'server/team/membership.ts',
    'server/timeline/recordTimeline.ts',
    'server/vpns/announceVpnChange.ts',
    'server/vpns/checkSettings.ts',
    'server/vpns/connection.ts',
    'server/workspaces/announceWorkspaceChange.ts',
    'server/workspaces/createWorkspace.ts',
    'server/workspaces/removeWorkspace.ts',
  ],
  openNames: ['queries.ts'],
  host: { folder: 'server/node', side: 'server', entry: 'server/main.ts' },
  packages: {
    contract: ['zod'],
    cli: ['commander', 'ws'],
    agent: ['jsonc-parser', 'ws', 'zod'],
  },
};

export type ImportRules = {
  /** What each side may import besides itself. */
  sides: Readonly<Record<string, readonly string[]>>;
  /** By side: what its tests may import besides that. */
  tests: Readonly<Record<string, readonly string[]>>;
  /** By file: what it may import with `import()` only. */
  dynamic: Readonly<Record<string, readonly string[]>>;
  /** By side: folders that features stand on. They import no feature's values. */
  foundations: Readonly<Record<string, readonly string[]>>;
  /** Files of features that other features may import; with a slash at the end, all files of a feature. */
  open: readonly string[];
  /** Names of files that are open in every feature. */
  openNames: readonly string[];
  /** The folder that knows the host (Node): only the entry and the folder itself import it, the rest of the side is portable. */
  host: { folder: string; side: string; entry: string };
  /** By side: the only packages that it may import; sides that aren't listed may import any. */
  packages: Readonly<Record<string, readonly string[]>>;
};
