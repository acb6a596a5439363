import { createServer, type ListenOptions, type NetConnectOpts, connect, type Server } from 'node:net';

/** Listens at one place and pipes every connection to another. Resolves once it listens. */
export function relay(from: ListenOptions, to: NetConnectOpts): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (inbound) => {
    const outbound = connect({ ...to, allowHalfOpen: true });
    const drop = () => {
      inbound.destroy();
      outbound.destroy();
    };
    inbound.on('error', drop).on('close', drop);
    outbound.on('error', drop).on('close', drop);
    inbound.pipe(outbound).pipe(inbound);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(from, () => {
      resolve(server);
    });
  });
}
