import { parseArgs } from 'node:util';
import { startTripletexSimulator, type SimulatorOptions } from './simulator.ts';

/**
 * The simulator as a process of its own. It prints one line of JSON with its addresses and, for
 * each company it was started with, tokens; and it runs until it is told to stop.
 *
 *     node main.ts --port 0 --json-options '{"rate":null,"companies":[{"name":"Prøve AS"}]}'
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'control-port': { type: 'string', default: '0' },
    'json-options': { type: 'string', default: '{}' },
  },
});

const simulator = await startTripletexSimulator({
  ...(JSON.parse(values['json-options']) as SimulatorOptions),
  port: Number(values.port),
  controlPort: Number(values['control-port']),
});

const { apiUrl, controlUrl } = simulator;
const companies = simulator.companies.list().map(({ id, credentials }) => ({ id, ...credentials }));
process.stdout.write(`${JSON.stringify({ apiUrl, controlUrl, pid: process.pid, companies })}\n`);

async function stop(): Promise<void> {
  await simulator.stop();
  process.exit(0);
}

process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
