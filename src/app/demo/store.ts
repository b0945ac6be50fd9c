import type { Connection, Flow } from '../../store/registry.ts';
import type { DemoFile } from './month.ts';
import { addRigCompany, addRigSource, type Rig, type RigCompany } from './rig.ts';
import { DEMO_STORE } from './till.ts';

/** The company of the demo: its books, and a flow into them from each system of the store. */
export type DemoCompany = RigCompany & {
  readonly flows: Readonly<Record<DemoFile['to'], { source: Connection; flow: Flow }>>;
};

/** What the chain calls its costs, and the accounts that the store books them on. */
const COSTS = {
  'purchases/LIVS': '4000',
  'purchases/NEAR': '4000',
  'purchases/TOBAK': '4010',
  'purchases/LASTBAR': '4000',
  'purchases/EMB': '5460',
  'purchases/IT': '6540',
  'purchases/MARKNAD': '5900',
};

/** Adds the store whose month is played, with simulated books of its own. */
export async function addDemoCompany(
  rig: Pick<Rig, 'hub' | 'simulator'>,
  of: {
    readonly name: string;
    readonly years?: readonly { readonly from: string; readonly to: string }[];
  },
): Promise<DemoCompany> {
  const company = await addRigCompany(rig, {
    ...of,
    stores: [DEMO_STORE],
    choices: { revisions: 'correct' },
    accounts: [{ number: 4010, name: 'Inköp av tobak' }],
  });
  // Receipts are invoiced to the öre.
  rig.simulator.tenants.get(company.tenantId).set({ setup: { roundsOff: false } });
  const chain = await addRigSource(rig, company, {
    connector: 'peppol',
    choices: { accounts: COSTS },
  });
  const { source, flow } = company;
  return { ...company, flows: { till: { source, flow }, chain } };
}
