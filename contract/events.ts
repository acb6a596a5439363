/**
 * `GET /teams/{team}/events` is a server-sent event stream that names what changed; whoever listens refetches that.
 *
 *   event: hello    data: {"quietMs":1200}            once per connection: for how long nothing has changed. Refetch what was
 *                                                     asked for before that; after a lost connection everything
 *   event: change   data: {"topics":["vpns","vpn:vpn_abc"]}   at most four times a second
 *   event: resync   data: {}                          changes may have been missed, or are too many to name: refetch everything
 *   event: end      data: {"reason":"signed-out"}     or "removed" from the team: don't reconnect
 *
 * A comment line (`: beat`) comes every 15 seconds.
 */
export type Topic =
  | 'team' // the team itself, members, invitations, API tokens
  | 'activity'
  | 'vpns' // the list, any VPN's summary
  | 'ports' // which ports are shared, and notices of shares that ended
  | 'trust' // issuers and trusted repositories
  | 'previews' // previews and the last runs of pipelines
  | 'secrets' // names of secrets, and which replicas run with older ones
  | 'workspaces' // the list, any workspace's summary
  | `vpn:${string}` // one VPN: settings, connected workspaces, tunnels, its rollout, its gateway links
  | `workspace:${string}` // one workspace: settings, replicas, join tokens, tunnels
  | `ports:${string}` // the ports of one workspace: what listens, what is forwarded
  | `verification:${string}`;

export type HelloEvent = { quietMs: number };

export type ChangeEvent = { topics: Topic[] };
