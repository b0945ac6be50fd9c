import { addRigSource } from '../../src/app/demo/rig.ts';
import type { WrittenChoices } from '../../src/engine/flow-choices.ts';
import { addPlayer, type Player, type Stage } from './stage.ts';

/** A company whose supplier invoices come as Peppol. */
export async function addBuyer(
  stage: Stage,
  name: string,
  choices: WrittenChoices = {},
): Promise<Player> {
  const accounts = [{ number: 4010, name: 'Inköp tobak' }];
  const player = await addPlayer(stage, { name, choices, accounts });
  const own = { attachFile: true, ...choices };
  const added = await addRigSource(stage, player, { connector: 'peppol', choices: own });
  return { ...player, ...added };
}
