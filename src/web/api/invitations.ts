import type { Hub } from '../../hub/hub.ts';
import { invite, withdraw } from '../../hub/people.ts';
import { addAudit } from '../../store/audit.ts';
import { findInvitation, useInvitation } from '../../store/invitations.ts';
import { setRole } from '../../store/people.ts';
import { getCompanies } from '../../store/registry.ts';
import type { Accounts } from '../access/accounts.ts';
import { addPerson } from '../access/add-person.ts';
import { passwordFault } from '../access/passwords.ts';
import { answers, brings, createRoute, fails, forFirm, newRoutes, z } from './route.ts';
import { Id, Role } from './schemas.ts';

/** A link that has been given out, without what opens it. */
export const Invitation = z
  .object({
    ...{ id: z.string(), email: z.string(), companyId: z.string().nullable(), role: Role },
    ...{ by: z.string(), expiresAtMs: z.number() },
  })
  .openapi('Invitation');

const Where = Id.nullable().openapi({ description: 'null: every company of the firm' });

const invitation = createRoute({
  method: 'post',
  path: '/people/invitations',
  summary: 'Invites somebody by a link that works once, for a week',
  ...forFirm('manage'),
  request: brings(z.object({ email: z.email().max(200), role: Role, companyId: Where })),
  responses: answers(
    z.object({ link: z.string(), invitation: Invitation }),
    'The link, which is shown this once',
  ),
});

const withdrawal = createRoute({
  method: 'delete',
  path: '/people/invitations/{invitation}',
  summary: 'Withdraws an invitation',
  ...forFirm('manage'),
  request: { params: z.object({ invitation: Id }) },
  responses: answers(z.object({ id: z.string() }), 'Which it was'),
});

const Token = z.string().max(100).openapi({ description: 'What stands in the link after #token=' });

const look = createRoute({
  method: 'post',
  path: '/invitation',
  summary: 'Whom a link invites, and to what',
  request: brings(z.object({ token: Token })),
  responses: answers(
    z.object({ email: z.string(), role: Role, company: z.string().nullable() }),
    'null: every company',
  ),
});

const join = createRoute({
  method: 'post',
  path: '/invitation/accept',
  summary: 'Makes the person whom a link invites',
  request: brings(
    z.object({
      ...{ token: Token, name: z.string().trim().min(1).max(100) },
      password: z.string().max(1_000),
    }),
  ),
  responses: answers(z.object({ email: z.string() }), 'They can sign in now'),
});

/** How somebody becomes a person here. */
export function invitationRoutes(accounts: Accounts) {
  return newRoutes()
    .openapi(invitation, async (c) => {
      const hub = c.get('hub');
      const asked = c.req.valid('json');
      await companyIs(hub, asked.companyId);
      return c.json(await invite(hub, { ...asked, by: c.get('caller').email }));
    })
    .openapi(withdrawal, async (c) => {
      const { invitation: id } = c.req.valid('param');
      if (await withdraw(c.get('hub'), id, c.get('caller').email)) return c.json({ id });
      return fails(404, 'no-invitation');
    })
    .openapi(look, async (c) => {
      const { database, clock } = c.get('hub');
      const { token } = c.req.valid('json');
      const found = await findInvitation(database.db, token, clock.nowMs());
      if (found === null) return fails(404, 'invitation-gone');
      const { companyId } = found;
      const [company] = companyId === null ? [] : await getCompanies(database.db, [companyId]);
      return c.json({ email: found.email, role: found.role, company: company?.name ?? null });
    })
    .openapi(join, async (c) => {
      const { database, clock } = c.get('hub');
      const { token, name, password } = c.req.valid('json');
      const made = await database.db.transaction().execute(async (trx) => {
        const found = await findInvitation(trx, token, clock.nowMs());
        if (found === null) return fails(404, 'invitation-gone');
        const { email, companyId, role: given } = found;
        const fault = passwordFault(password, { name, email });
        if (fault !== null) return fails(400, `password-${fault}`);
        // On a connection of its own: somebody who has the address already ends it here.
        const personId = await addPerson(accounts, { name, email, password });
        await setRole(database.db, { personId, companyId, role: given });
        await useInvitation(trx, found.id);
        const about = { person: personId, role: given, invitedBy: found.by };
        await addAudit(trx, { by: email, companyId, act: 'person.join', about });
        return { email };
      });
      return c.json(made);
    });
}

/** Ends the request when there is no such company; null is every one. */
export async function companyIs(hub: Hub, companyId: string | null): Promise<void> {
  if (companyId === null || (await getCompanies(hub.database.db, [companyId])).length > 0) return;
  fails(404, 'no-company');
}
