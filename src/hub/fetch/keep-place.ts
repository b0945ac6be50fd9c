import type { Secrets } from '../../ports/connector.ts';
import type { Pickup } from '../../ports/pickup.ts';
import { savePickup } from '../../store/pickups.ts';
import type { Hub } from '../hub.ts';
import { learnHostKey, tryPickup, type PickupTrial } from './set-up.ts';
import { mailSettings, sftpSettings } from './settings.ts';

/** A place that files are fetched from, as a form says it. */
export type WantedPlace = {
  readonly kind: PickupTrial['kind'];
  readonly name: string;
  readonly owner: NonNullable<Pickup['owner']>;
  readonly everySeconds: number;
  /** As its kind takes them, without the key of a server. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** What the server's key must be; absent: what it shows now is known from then on. */
  readonly fingerprint?: string;
  readonly secrets: Secrets;
};

/** A place that is kept, what its server is known by, and how much lies there. */
export type KeptPlace = { readonly fingerprint: string | null; readonly there: number | null };

/**
 * Tries a place and keeps it.
 *
 * @throws PickupError saying what is in the way
 * @throws ZodError when the settings cannot be used
 */
export async function keepPlace(hub: Hub, wanted: WantedPlace): Promise<KeptPlace> {
  const trial = await trialOf(hub, wanted);
  const there = await tryPickup(trial, wanted.secrets, hub.reach);
  const { name, owner, everySeconds, secrets } = wanted;
  const { kind, settings } = trial;
  const seed = { name, kind, owner, everySeconds, settings, secrets };
  await savePickup(hub.database.db, hub.box, seed);
  const fingerprint = trial.kind === 'sftp' ? trial.settings.hostKey.fingerprint : null;
  return { fingerprint, there };
}

async function trialOf(hub: Hub, wanted: WantedPlace): Promise<PickupTrial> {
  const { kind, settings, fingerprint } = wanted;
  if (kind === 'mail') return { kind, settings: mailSettings.parse(settings) };
  const place = sftpSettings.pick({ host: true, port: true, user: true }).parse(settings);
  const hostKey = await learnHostKey(place, fingerprint, hub.reach);
  return { kind, settings: sftpSettings.parse({ ...settings, hostKey }) };
}
