import { parseArgs } from 'node:util';
import { startQuickbutikSimulator, type SimulatorOptions } from './simulator.ts';

/**
 * The simulator as a process of its own. It prints one line of JSON with its address and the key
 * of each shop it was started with; and it runs until it is told to stop.
 *
 *     node main.ts --port 0 --json-options '{"shops":[{"currency":"SEK"}]}'
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'json-options': { type: 'string', default: '{}' },
  },
});

const simulator = await startQuickbutikSimulator({
  ...(JSON.parse(values['json-options']) as SimulatorOptions),
  port: Number(values.port),
});

const { apiUrl } = simulator;
const shops = simulator.shops.list().map(({ id, name, apiKey }) => ({ id, name, apiKey }));
process.stdout.write(`${JSON.stringify({ apiUrl, pid: process.pid, shops })}\n`);

async function stop(): Promise<void> {
  await simulator.stop();
  process.exit(0);
}

process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
