/**
 * A connection to a port of a workspace for programs that speak no HTTP, as `culvert ports forward` opens it: a WebSocket
 * upgrade of this path with an API token (`Authorization: Bearer`; cookies don’t count). Refused, it is answered with a
 * problem document. Accepted, the connection to the program is there; binary messages are its bytes both ways, and a close
 * with 1000 is its end. Anything but 1000 and `accessEnded` means that bytes may be missing.
 */
export const portConnectPath = (team: string, workspace: string, port: number): string =>
  `/api/v1/teams/${encodeURIComponent(team)}/workspaces/${encodeURIComponent(workspace)}/ports/${port}/connect`;

/** The same path taken apart; null for any other. */
export function readPortConnectPath(path: string): { team: string; workspace: string; port: number } | null {
  const match = /^\/api\/v1\/teams\/([^/]+)\/workspaces\/([^/]+)\/ports\/([1-9][0-9]{0,4})\/connect$/.exec(
    path,
  );
  const [, team, workspace, port] = match ?? [];
  if (team === undefined || workspace === undefined || Number(port) > 65_535) return null;
  try {
    return {
      team: decodeURIComponent(team),
      workspace: decodeURIComponent(workspace),
      port: Number(port),
    };
  } catch {
    return null;
  }
}

/** Close codes of the server’s. */
export const portConnectClose = {
  /** Whoever connected may not reach the port any more. */
  accessEnded: 4403,
  /** The server stops; connect again soon. */
  restart: 1012,
} as const;

/** The longest message, in bytes. */
export const PORT_CONNECT_MESSAGE_MAX_BYTES = 1024 * 1024;
