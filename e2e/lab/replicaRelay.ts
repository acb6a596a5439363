import { relay } from './relay.ts';

/**
 * Runs inside a replica's namespace: makes the server, which listens on the machine's own loopback, reachable at the same
 * localhost URL there. A Unix socket crosses between network namespaces, so the server needs no address on the lab's net.
 * Arguments: port, path of the socket.
 */
const [port, path] = process.argv.slice(2);
if (!port || !path) throw new Error('Usage: replicaRelay.ts <port> <socket>');
await relay({ host: '127.0.0.1', port: Number(port) }, { path });
