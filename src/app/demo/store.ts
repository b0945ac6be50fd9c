import type { Connection, Flow } from '../../store/registry.ts';
import type { DemoFile } from './month.ts';
import { CHAIN } from './chain.ts';
import { addRigCompany, addRigSource, type Rig, type RigCompany } from './rig.ts';
import {
  BANK_ACCOUNT,
  BANK_ENTRIES,
  CHAIN_ACCOUNT,
  CHAIN_STATEMENT_PROFILE,
} from './statements.ts';
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
  'purchases/IT': '6540',
  'purchases/MARKNAD': '5900',
};

/** The ledger's accounts of the store's own ones. The bank states Swish itself, days later. */
const CHAIN_LEDGER = '1940';
const BANK_LEDGER = '1930';
const SWISH_LEDGER = '1686';

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
    profiles: [CHAIN_STATEMENT_PROFILE],
    settings: { chainName: CHAIN.name, chainNumber: CHAIN.orgNumber },
    choices: {
      revisions: 'correct',
      accounts: {
        [`statement/${CHAIN_ACCOUNT}`]: CHAIN_LEDGER,
        'tender.swish': SWISH_LEDGER,
        'purchases/overhead': '5460',
      },
    },
    accounts: [
      { number: Number(SWISH_LEDGER), name: 'Fordran Swish' },
      { number: 4010, name: 'Inköp av tobak' },
    ],
  });
  rig.simulator.tenants.get(company.tenantId).set({
    // Receipts are invoiced to the öre.
    setup: { roundsOff: false },
    objects: {
      modesofpayments: [{ Code: 'KEDJA', Description: 'Kedjekonto', AccountNumber: CHAIN_LEDGER }],
    },
  });
  const chain = await addRigSource(rig, company, {
    connector: 'peppol',
    choices: { accounts: COSTS },
  });
  const bank = await addRigSource(rig, company, {
    connector: 'camt053',
    settings: { entries: BANK_ENTRIES },
    choices: {
      series: 'K',
      accounts: {
        [`statement/${BANK_ACCOUNT}`]: BANK_LEDGER,
        'statement-entry/SWISH': SWISH_LEDGER,
      },
    },
  });
  const { source, flow } = company;
  return { ...company, flows: { till: { source, flow }, chain, bank } };
}
