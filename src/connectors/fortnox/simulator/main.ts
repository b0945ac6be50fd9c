import { parseArgs } from 'node:util';
import { startFortnoxSimulator, type SimulatorOptions } from './simulator.ts';

/**
 * The simulator as a process of its own. It prints one line of JSON with its addresses and, for
 * each company it was started with, tokens; and it runs until it is told to stop.
 *
 *     node main.ts --port 0 --json-options '{"rate":null,"tenants":[{"name":"Provbolaget AB"}]}'
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'auth-port': { type: 'string', default: '0' },
    'json-options': { type: 'string', default: '{}' },
  },
});

const simulator = await startFortnoxSimulator({
  ...(JSON.parse(values['json-options']) as SimulatorOptions),
  port: Number(values.port),
  authPort: Number(values['auth-port']),
});

const { apiUrl, authUrl } = simulator;
const tenants = simulator.tenants.list().map((tenant) => ({ id: tenant.id, ...tenant.grant() }));
process.stdout.write(`${JSON.stringify({ apiUrl, authUrl, pid: process.pid, tenants })}\n`);

async function stop(): Promise<void> {
  await simulator.stop();
  process.exit(0);
}

process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
