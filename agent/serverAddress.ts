/** A WebSocket of this server: `https://host/` and `agent/v1/connect` become `wss://host/agent/v1/connect`. */
export function serverAddress(server: URL, path: string): URL {
  const address = new URL(path, server.href.endsWith('/') ? server : `${server.href}/`);
  address.protocol = server.protocol === 'https:' ? 'wss:' : 'ws:';
  return address;
}
