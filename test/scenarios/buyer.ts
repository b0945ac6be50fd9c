import { present } from '../../src/lib/assert.ts';
import type { WrittenChoices } from '../../src/engine/flow-choices.ts';
import { addConnection, addFlow, listFlows } from '../../src/store/registry.ts';
import { addPlayer, type Player, type Stage } from './stage.ts';

/** A company whose supplier invoices come as Peppol. */
export async function addBuyer(
  stage: Stage,
  name: string,
  choices: WrittenChoices = {},
): Promise<Player> {
  const accounts = [{ number: 4010, name: 'Inköp tobak' }];
  const player = await addPlayer(stage, { name, choices, accounts });
  const { db } = stage.hub.database;
  const about = { companyId: player.company.id, connector: 'peppol', name: 'peppol' };
  const source = await addConnection(db, { ...about, settings: {} });
  const { target } = player;
  const own = { attachFile: true, ...choices };
  const id = await addFlow(db, {
    ...{ source, target, mode: 'automatic', startDate: null },
    choices: own,
  });
  const flow = (await listFlows(db, player.company.id)).find((one) => one.id === id);
  return { ...player, source, flow: present(flow, 'the flow') };
}
