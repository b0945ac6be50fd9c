import { Readable } from 'node:stream';
import {
  startFortnoxSimulator,
  type FortnoxSimulator,
  type SimulatorOptions,
} from '../../connectors/fortnox/simulator/simulator.ts';
import type { Hub } from '../../hub/hub.ts';
import { demoCompanies, endCompany, markDemo } from '../../store/companies.ts';
import { listCompanies } from '../../store/registry.ts';
import type { DemoCompanies } from '../../web/api/demo.ts';
import { demoMonth } from './month.ts';
import { addDemoCompany, type DemoCompany } from './store.ts';

const NAME = 'Ängens Livs AB (demo)';
const FIRST_YEAR = 2026;

/** A demo that can be closed with the hub. */
export type OpenDemo = DemoCompanies & { close(): Promise<void> };

/**
 * The demo company of a hub: a store whose month comes in at once, and a simulated Fortnox within
 * this process that it is booked in. Both end with it, so a hub that starts anew has none.
 */
export function openDemo(hub: Hub, options: SimulatorOptions = {}): OpenDemo {
  let simulator: FortnoxSimulator | null = null;
  let standsIn: (() => void)[] = [];
  let playing: Promise<void> = Promise.resolve();
  const end = async (): Promise<void> => {
    for (const id of await demoCompanies(hub.database.db)) await endCompany(hub.database.db, id);
    await playing;
    await simulator?.stop();
    simulator = null;
    for (const forget of standsIn.splice(0)) forget();
  };
  return {
    start: async () => {
      const [there] = await demoCompanies(hub.database.db);
      if (there !== undefined && simulator !== null) return there;
      await end();
      simulator = await startFortnoxSimulator(options);
      standsIn = [simulator.apiUrl, simulator.authUrl].map((url) =>
        hub.outbound.standIn(new URL(url).host),
      );
      const name = await freeName(hub);
      const demo = await addDemoCompany({ hub, simulator }, { name, years: yearsUntilNow(hub) });
      await markDemo(hub.database.db, demo.company.id);
      playing = play(hub, demo);
      return demo.company.id;
    },
    end,
    close: async () => {
      if (simulator !== null) await end();
    },
  };
}

async function freeName(hub: Hub): Promise<string> {
  const names = new Set((await listCompanies(hub.database.db)).map(({ name }) => name));
  let name = NAME;
  for (let number = 2; names.has(name); number += 1) name = `${NAME} ${number}`;
  return name;
}

function yearsUntilNow(hub: Hub): readonly { readonly from: string; readonly to: string }[] {
  const last = Math.max(new Date(hub.clock.nowMs()).getUTCFullYear(), FIRST_YEAR);
  return Array.from({ length: last - FIRST_YEAR + 1 }, (_, i) => {
    return { from: `${FIRST_YEAR + i}-01-01`, to: `${FIRST_YEAR + i}-12-31` };
  });
}

/** Hands the month in, a file after the other, as its systems would have over the month. */
async function play(hub: Hub, { company, flows }: DemoCompany): Promise<void> {
  try {
    for (const { to, name, text } of demoMonth().files) {
      // Whoever has ended the demo meanwhile wants no more of it.
      if (!(await demoCompanies(hub.database.db)).includes(company.id)) return;
      const bytes = Readable.from([Buffer.from(text)]);
      await hub.takeFile({ connectionId: flows[to].source.id, name, via: 'upload', bytes });
    }
  } catch (error) {
    hub.log.error({ error: String(error) }, 'the month of the demo could not be handed in');
  }
}
