import { textOf, type WireObject } from '../../../lib/json-object.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import type { HookKeeper, HookPlace } from '../../../ports/hooks.ts';
import type { Change, TripletexClient } from '../client.ts';
import { saidBy } from '../errors.ts';
import { EVENTS } from './hear.ts';

const ACTIVE = 'ACTIVE';
/** Of an object only this comes along: what has changed is read from Tripletex itself. */
const FIELDS = 'id';

/**
 * Subscriptions to events. One call looks at all of them; what is missing is made, what Tripletex
 * has switched off after too many errors is switched on, and one too many is removed.
 *
 * What is sent for the signature is never shown again: it is sent anew with every change.
 */
export function subscriptionKeeper(client: TripletexClient): HookKeeper {
  return {
    keep: async (place) => {
      const ours = await oursIn(client, place);
      const kept = { made: [] as string[], switchedOn: [] as string[], moved: [] as string[] };
      for (const event of EVENTS) {
        const [one, ...more] = ours.filter((of) => textOf(of, 'event') === event);
        for (const of of more) await remove(client, of);
        if (one === undefined) {
          const body = JSON.stringify(asked(event, place));
          await tell(client, { method: 'POST', path: '/event/subscription', body });
          kept.made.push(event);
          continue;
        }
        const isOff = textOf(one, 'status') !== ACTIVE;
        const isElsewhere = textOf(one, 'targetUrl') !== place.url;
        if (!isOff && !isElsewhere && !place.isSecretWrong) continue;
        const version = Number(textOf(one, 'version'));
        const body = JSON.stringify({ ...asked(event, place), version, status: ACTIVE });
        await tell(client, { method: 'PUT', path: pathOf(one), body });
        if (isOff) kept.switchedOn.push(event);
        if (isElsewhere) kept.moved.push(event);
      }
      return kept;
    },
    remove: async (place) => {
      const ours = await oursIn(client, place);
      for (const of of ours) await remove(client, of);
      return ours.length;
    },
  };
}

function asked(event: string, { url, secret }: HookPlace): object {
  return { event, targetUrl: url, fields: FIELDS, hmacSharedSecret: secret };
}

function remove(client: TripletexClient, of: WireObject): Promise<void> {
  return tell(client, { method: 'DELETE', path: pathOf(of) });
}

function pathOf(of: WireObject): string {
  return `/event/subscription/${textOf(of, 'id')}`;
}

async function tell(client: TripletexClient, change: Change): Promise<void> {
  const answer = await client.tell(change);
  if (answer.kind === 'done') return;
  throw new ConnectorError(`Tripletex says: ${saidBy(answer.error)}`, { kind: 'setup' });
}

/** Those that go to the connection's address, or went there before the hub moved. */
async function oursIn(
  client: TripletexClient,
  { token }: HookPlace,
): Promise<readonly WireObject[]> {
  const listed = await client.list('/event/subscription?fields=id,version,event,targetUrl,status');
  return listed.filter((one) => textOf(one, 'targetUrl').endsWith(`/v1/hooks/${token}`));
}
