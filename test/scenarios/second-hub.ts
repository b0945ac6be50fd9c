import { pino } from 'pino';
import { DEFAULT_CLIENT } from '../../src/connectors/fortnox/simulator/simulator.ts';
import { addSecrets } from '../../src/hub/consent.ts';
import { openHub } from '../../src/hub/hub.ts';
import { present } from '../../src/lib/assert.ts';
import { addCompany, addConnection, addFlow, listFlows } from '../../src/store/registry.ts';
import type { WrittenChoices } from '../../src/engine/flow-choices.ts';
import { QUICK, UNLIMITED, type Player, type Stage } from './stage.ts';

/** A hub that was set up anew on an empty database, beside the same Fortnox. */
export async function startSecondHub(stage: Stage, databaseUrl: string): Promise<Stage> {
  const config = { ...stage.config, database: { kind: 'server', url: databaseUrl } } as const;
  const hub = await openHub(config, {
    log: pino({ level: 'silent' }),
    connectors: UNLIMITED,
    maintain: true,
    timing: QUICK,
  });
  const worker = await hub.startWorker();
  const stop = async (): Promise<void> => {
    await worker.stop();
    await hub.close();
  };
  return { ...stage, config, hub, stop };
}

/** Sets a company up anew in a second hub: the same till, the same Fortnox. */
export async function setUpAnew(
  stage: Stage,
  before: Player,
  written: WrittenChoices,
): Promise<Player> {
  const { db } = stage.hub.database;
  const { name } = before.company;
  const company = await addCompany(db, { name, country: 'SE', language: 'sv' });
  const source = await addConnection(db, {
    companyId: company.id,
    connector: 'minbutik',
    name: 'minbutik',
    settings: before.source.settings,
  });
  const target = await addConnection(db, {
    companyId: company.id,
    connector: 'fortnox',
    name: 'fortnox',
    settings: before.target.settings,
  });
  await addSecrets(stage.hub, target.id, { clientSecret: DEFAULT_CLIENT.secret });
  const choices = { series: 'K', attachFile: false, ...written };
  await addFlow(db, { source, target, mode: 'automatic', choices, startDate: null });
  const flow = present((await listFlows(db, company.id))[0], 'the flow');
  return { stage, company, source, target, flow, tenantId: before.tenantId };
}
