import { OperatorError } from '../ports/errors.ts';
import { addAudit } from '../store/audit.ts';
import { makeInvitation, withdrawInvitation, type Invitation } from '../store/invitations.ts';
import { endSessions } from '../store/own-account.ts';
import { listPeople, removePerson, setRole, type Person, type Role } from '../store/people.ts';
import type { Hub } from './hub.ts';

/** What people may not be made of. */
export class PeopleError extends OperatorError {
  readonly fault: 'email-taken' | 'owner-needed';

  constructor(fault: PeopleError['fault'], message: string) {
    super(message);
    this.fault = fault;
  }
}

/** Where a role holds, and who gives it. */
type Giving = {
  /** null: every company of the firm. */
  readonly companyId: string | null;
  readonly by: string;
};

/**
 * Invites somebody by a link that works once.
 *
 * @throws PeopleError when there is somebody of this address already
 */
export async function invite(
  hub: Hub,
  of: Giving & { readonly email: string; readonly role: Role },
): Promise<{ readonly link: string; readonly invitation: Invitation }> {
  const { db } = hub.database;
  const { email, companyId, role, by } = of;
  if ((await listPeople(db)).some((one) => one.email === email.toLowerCase())) {
    const says = `${email} is somebody here already: give them a role instead.`;
    throw new PeopleError('email-taken', says);
  }
  const { token, invitation } = await db.transaction().execute(async (trx) => {
    const made = await makeInvitation(trx, {
      email,
      companyId,
      role,
      by,
      nowMs: hub.clock.nowMs(),
    });
    const about = { email: made.invitation.email, role };
    await addAudit(trx, { by, companyId, act: 'person.invite', about });
    return made;
  });
  // After the sign `#` it is sent to no server, and stands in no log.
  return { link: `${hub.config.publicUrl}/join#token=${token}`, invitation };
}

/** @returns false when there is no such invitation */
export async function withdraw(hub: Hub, id: string, by: string): Promise<boolean> {
  return hub.database.db.transaction().execute(async (trx) => {
    if (!(await withdrawInvitation(trx, id))) return false;
    const about = { invitation: id };
    await addAudit(trx, { by, companyId: null, act: 'person.withdraw', about });
    return true;
  });
}

/**
 * Gives a person a role, or takes it away.
 *
 * @throws PeopleError when nobody would own the hub
 */
export async function changeRole(
  hub: Hub,
  personId: string,
  { companyId, role, by }: Giving & { readonly role: Role | null },
): Promise<void> {
  const { db } = hub.database;
  const isFirmOwner = companyId === null && role === 'owner';
  if (companyId === null && !isFirmOwner) await someoneElseOwns(hub, personId);
  await db.transaction().execute(async (trx) => {
    await setRole(trx, { personId, companyId, role });
    const about = { person: personId, role };
    await addAudit(trx, { by, companyId, act: 'person.role', about });
  });
}

/**
 * Takes a person away, with what they sign in by. What they have done stays in the trail.
 *
 * @throws PeopleError when nobody would own the hub
 */
export async function remove(hub: Hub, person: Person, by: string): Promise<void> {
  await someoneElseOwns(hub, person.id);
  await hub.database.db.transaction().execute(async (trx) => {
    await removePerson(trx, person.id);
    const about = { person: person.id, email: person.email };
    await addAudit(trx, { by, companyId: null, act: 'person.remove', about });
  });
}

/** Ends every session of a person. @returns how many there were */
export async function signOut(hub: Hub, personId: string, by: string): Promise<number> {
  return hub.database.db.transaction().execute(async (trx) => {
    const sessions = await endSessions(trx, personId);
    const about = { person: personId, sessions };
    await addAudit(trx, { by, companyId: null, act: 'session.end', about });
    return sessions;
  });
}

async function someoneElseOwns(hub: Hub, personId: string): Promise<void> {
  const owners = (await listPeople(hub.database.db)).filter(({ memberships }) =>
    memberships.some((one) => one.companyId === null && one.role === 'owner'),
  );
  if (owners.some(({ id }) => id !== personId)) return;
  if (owners.length > 0) throw new PeopleError('owner-needed', 'Somebody must own the hub.');
}
