import { APIError } from 'better-auth/api';
import { addAudit } from '../../store/audit.ts';
import { endSessions, readOwnAccount } from '../../store/own-account.ts';
import type { Accounts } from '../access/accounts.ts';
import { passwordFault } from '../access/passwords.ts';
import { answers, brings, createRoute, fails, forThemselves, newRoutes, z } from './route.ts';

const show = createRoute({
  method: 'get',
  path: '/account',
  summary: 'How the one who asks can sign in, and where they have',
  ...forThemselves(),
  responses: answers(
    z.object({
      ...{ hasPassword: z.boolean(), hasFactor: z.boolean(), isLinked: z.boolean() },
      passkeys: z.array(
        z.object({ id: z.string(), name: z.string().nullable(), madeAtMs: z.number() }),
      ),
      sessions: z.array(
        z.object({
          ...{ id: z.string(), isThis: z.boolean(), beganAtMs: z.number(), usedAtMs: z.number() },
          ...{ address: z.string().nullable(), browser: z.string().nullable() },
        }),
      ),
    }),
    'No secret is among it',
  ),
});

const change = createRoute({
  method: 'put',
  path: '/account/password',
  summary: 'Changes the password, and ends every other session',
  ...forThemselves(),
  request: brings(z.object({ current: z.string().max(1_000), next: z.string().max(1_000) })),
  responses: answers(z.object({ changed: z.literal(true) }), 'It is changed'),
});

const end = createRoute({
  method: 'delete',
  path: '/account/sessions/{session}',
  summary: 'Ends a session',
  ...forThemselves(),
  request: { params: z.object({ session: z.string().max(100) }) },
  responses: answers(z.object({ ended: z.literal(true) }), 'It is ended'),
});

/** What everybody sees to for themselves. */
export function accountRoutes(accounts: Accounts) {
  return newRoutes()
    .openapi(show, async (c) => {
      const { headers } = c.req.raw;
      const current = await accounts.api.getSession({ headers });
      const { id } = c.get('caller');
      const own = await readOwnAccount(c.get('hub').database.db, id);
      return c.json({
        ...{ hasPassword: own.hasPassword, hasFactor: own.hasFactor, isLinked: own.isLinked },
        passkeys: [...own.passkeys],
        sessions: own.sessions.map(({ token, ...session }) => ({
          ...session,
          isThis: token === current?.session.token,
        })),
      });
    })
    .openapi(change, async (c) => {
      const { current, next } = c.req.valid('json');
      const caller = c.get('caller');
      const fault = passwordFault(next, caller);
      if (fault !== null) return fails(400, `password-${fault}`);
      const body = { currentPassword: current, newPassword: next, revokeOtherSessions: true };
      try {
        const asked = { body, headers: c.req.raw.headers, returnHeaders: true } as const;
        const { headers } = await accounts.api.changePassword(asked);
        for (const cookie of headers.getSetCookie()) c.header('set-cookie', cookie, MORE);
      } catch (error) {
        if (!(error instanceof APIError)) throw error;
        return fails(403, 'wrong-password');
      }
      const about = { person: caller.id };
      const { db } = c.get('hub').database;
      await addAudit(db, { by: caller.email, companyId: null, act: 'person.password', about });
      return c.json({ changed: true as const });
    })
    .openapi(end, async (c) => {
      const { db } = c.get('hub').database;
      const { id, email } = c.get('caller');
      const ended = await endSessions(db, id, c.req.valid('param').session);
      if (ended === 0) return fails(404, 'no-session');
      const about = { person: id, sessions: ended };
      await addAudit(db, { by: email, companyId: null, act: 'session.end', about });
      return c.json({ ended: true as const });
    });
}

const MORE = { append: true } as const;
