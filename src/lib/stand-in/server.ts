import type { Server } from 'node:http';
import { assert } from '../assert.ts';

const HOST = '127.0.0.1';

/** Has a server listen on loopback. @returns its port, which 0 leaves to the system */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      const address = server.address();
      assert(typeof address === 'object' && address !== null, 'the server listens on a port');
      resolve(address.port);
    });
  });
}

/** Stops a server, and the connections that wait for an answer that never comes. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
