import { accountsToChoose } from '../account-names.ts';
import { answers, createRoute, forCompany, InCompany, newRoutes, z } from './route.ts';

const list = createRoute({
  method: 'get',
  path: '/companies/{company}/accounts',
  summary: 'Accounts with their names: those of the ledgers as read last, or the standard chart',
  ...forCompany('read'),
  request: { params: InCompany },
  responses: answers(
    z.object({ accounts: z.array(z.object({ number: z.string(), name: z.string() })) }),
    'By number; none where nobody tells them',
  ),
});

/** What accounts are called, for whoever types one in. */
export function accountListRoutes() {
  return newRoutes().openapi(list, async (c) => {
    return c.json({ accounts: [...(await accountsToChoose(c.get('hub'), c.get('company')))] });
  });
}
