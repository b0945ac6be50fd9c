import { day } from '../../domain/date.ts';
import type { Secrets } from '../../ports/connector.ts';
import { PickupError, type Pickup } from '../../ports/pickup.ts';
import { pickupSecrets } from '../../store/pickups.ts';
import type { Hub } from '../hub.ts';
import type { Reach } from '../reach.ts';
import { KEY_TYPES, type HostKey } from './host-key.ts';
import { openMailbox } from './mail-session.ts';
import {
  isWanted,
  mailSettings,
  sftpSettings,
  type MailSettings,
  type SftpSettings,
} from './settings.ts';
import { openSftp, shownHostKey, type SftpAddress, type SftpSession } from './sftp-session.ts';

/**
 * The key that a server is to be known by from now on.
 *
 * @param fingerprint - what it must be, from whoever runs the server; undefined: what it shows now
 * @throws PickupError when it has no key of that fingerprint
 */
export async function learnHostKey(
  place: Pick<SftpAddress, 'host' | 'port'>,
  fingerprint: string | undefined,
  reach: Reach,
): Promise<HostKey> {
  const best = await shownHostKey(place, '', reach);
  if (fingerprint === undefined || best.fingerprint === fingerprint) return best;
  // A server has a key of each type, and the fingerprint that was given may be any one's.
  for (const type of KEY_TYPES.filter((one) => one !== best.type)) {
    const shown = await shownHostKey(place, type, reach);
    if (shown.fingerprint === fingerprint) return shown;
  }
  const { type, fingerprint: found } = best;
  const facts = { host: place.host, pinned: fingerprint, found, type };
  throw new PickupError({ code: 'host-key-changed', facts });
}

/** A place as it is tried before it is kept. */
export type PickupTrial =
  | { readonly kind: 'sftp'; readonly settings: SftpSettings }
  | { readonly kind: 'mail'; readonly settings: MailSettings };

/** A pick-up whose place has an address and a login of its own: all but feeds. */
export type PlacedPickup = Pickup & { readonly kind: PickupTrial['kind'] };

export function isPlaced(pickup: Pickup): pickup is PlacedPickup {
  return pickup.kind !== 'feed';
}

/**
 * Logs in and looks whether the folder is there, and changes nothing.
 *
 * @returns how many files or mails lie there that would be looked at; null when nothing is fetched
 * @throws PickupError saying what is in the way
 */
export async function tryPickup(
  trial: PickupTrial,
  secrets: Secrets,
  reach: Reach,
): Promise<number | null> {
  if (trial.kind === 'mail') {
    const session = await openMailbox(trial.settings, secrets, reach);
    try {
      return (await session.uids(day(trial.settings.since))).length;
    } finally {
      await session.close();
    }
  }
  const { folder, pattern } = trial.settings;
  const session = await openSftp(trial.settings, secrets, reach);
  try {
    if (folder === null) return null;
    const files = await session.list(folder);
    return files.filter(({ name }) => isWanted(name, pattern)).length;
  } finally {
    await session.close();
  }
}

/** A pick-up's settings as its kind reads them. */
export function trialOf({ kind, settings }: PlacedPickup): PickupTrial {
  return kind === 'sftp'
    ? { kind, settings: sftpSettings.parse(settings) }
    : { kind, settings: mailSettings.parse(settings) };
}

/** Logs in to the SFTP server of a pick-up. @throws PickupError saying what is in the way */
export async function openPickupSftp(hub: Hub, pickup: Pickup): Promise<SftpSession> {
  const secrets = await pickupSecrets(hub.database.db, hub.box, pickup);
  return openSftp(sftpSettings.parse(pickup.settings), secrets, hub.reach);
}
