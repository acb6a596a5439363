/**
 * The numbers of the agent protocol; what is said is in agentProtocol.ts. Apart from it, so that the agent, which needs to
 * be small, gets them without zod.
 */
export const AGENT_PROTOCOL = 1;
export const agentClose = {
  revoked: 4401,
  removed: 4403,
  replaced: 4409,
  violation: 4400,
  restart: 1012,
} as const;
/** Orders that not every agent of this protocol knows, and that are passed over by those that don't: the server asks before. */
export const agentAbilities = ['try'] as const;
/** WebSocket pings from the server, so that both sides notice a dead connection. Milliseconds. */
export const AGENT_PING_MS = 10_000;
export const AGENT_DEAD_MS = 25_000;
/** From an agent. */
export const AGENT_MESSAGE_MAX_BYTES = 256 * 1024;
/** To an agent: every VPN that a workspace can have, each with the longest settings, has to fit. */
export const SERVER_MESSAGE_MAX_BYTES = 4 * 1024 * 1024;
/** Where an agent dials back for a forwarded connection: this and the id that `open` gave it. */
export const STREAM_PATH = '/agent/v1/streams/';
/** From `open` to the dial-back. Milliseconds. */
export const STREAM_MS = 10_000;
/**
 * Streams that an agent carries at a time. More than the server opens for all viewers of one port, and far more than for one
 * of them: else whoever may visit a public port could keep the owner from every other port of the replica.
 */
export const STREAMS_MAX = 2_048;
/** In each list of ports from an agent; one for each port number. */
export const REPORTED_PORTS_MAX = 500;
