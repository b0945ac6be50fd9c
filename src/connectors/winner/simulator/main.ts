import { parseArgs } from 'node:util';
import { assert } from '../../../lib/assert.ts';
import { controlServer } from './control-site.ts';
import { WinnerSimulator, type WinnerOptions } from './simulator.ts';

/**
 * The simulator as a process of its own, driven under `/_control/` on the address that it prints.
 *
 *     node main.ts --url http://127.0.0.1:5310/v1/ingest/quotes --key … --json-options '{}'
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    url: { type: 'string' },
    key: { type: 'string' },
    'json-options': { type: 'string', default: '{}' },
  },
});

const winner = new WinnerSimulator({
  ...(JSON.parse(values['json-options']) as WinnerOptions),
  address: values.url === undefined ? null : { url: values.url, key: values.key ?? null },
});
const server = controlServer(winner);

server.listen(Number(values.port), '127.0.0.1', () => {
  const address = server.address();
  assert(typeof address === 'object' && address !== null, 'the server listens on a port');
  const controlUrl = `http://127.0.0.1:${address.port}/_control`;
  process.stdout.write(`${JSON.stringify({ controlUrl, pid: process.pid })}\n`);
});

function stop(): void {
  server.close();
  server.closeAllConnections();
  process.exit(0);
}

process.on('SIGTERM', stop);
process.on('SIGINT', stop);
