import { parseArgs } from 'node:util';
import { FOOD_SHOP } from './shop/food-shop.ts';
import { startWooCommerceSimulator, type SimulatorOptions } from './simulator.ts';

/**
 * The simulator as a process of its own. It prints one line of JSON with its addresses and a key
 * to the shop; and it runs until it is told to stop. Without a shop of its own it sells Swedish
 * food.
 *
 *     node main.ts --port 0 --json-options '{"choices":{"cron":"at-once"}}'
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'control-port': { type: 'string', default: '0' },
    'json-options': { type: 'string', default: '{}' },
  },
});

const simulator = await startWooCommerceSimulator({
  shop: FOOD_SHOP,
  ...(JSON.parse(values['json-options']) as SimulatorOptions),
  port: Number(values.port),
  controlPort: Number(values['control-port']),
});

const { url, controlUrl } = simulator;
const { consumerKey, consumerSecret } = simulator.shop.newKey();
const started = { url, controlUrl, pid: process.pid, consumerKey, consumerSecret };
process.stdout.write(`${JSON.stringify(started)}\n`);

async function stop(): Promise<void> {
  await simulator.stop();
  process.exit(0);
}

process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
