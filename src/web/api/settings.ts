import { addAudit } from '../../store/audit.ts';
import { changeCompany, companyDetails } from '../../store/companies.ts';
import { listCompanies } from '../../store/registry.ts';
import {
  answers,
  brings,
  createRoute,
  fails,
  forCompany,
  InCompany,
  newRoutes,
  z,
} from './route.ts';
import { Language } from './schemas.ts';

const Details = z
  .object({
    name: z.string().trim().min(1).max(200),
    orgNumber: z.string().trim().max(20),
    language: Language.openapi({ description: 'Of texts in the ledger' }),
  })
  .openapi('CompanyDetails');

const show = createRoute({
  method: 'get',
  path: '/companies/{company}/details',
  summary: 'What a company is called, its number and its language',
  ...forCompany('read'),
  request: { params: InCompany },
  responses: answers(
    Details.extend({ country: z.string(), timeZone: z.string() }),
    'Country and time zone are those it was added with: VAT and days are reckoned by them',
  ),
});

const change = createRoute({
  method: 'put',
  path: '/companies/{company}/details',
  summary: 'Changes them; what is booked stays as it is',
  ...forCompany('manage'),
  request: { params: InCompany, ...brings(Details) },
  responses: answers(Details, 'As they are now'),
});

/** The company itself. */
export function settingsRoutes() {
  return newRoutes()
    .openapi(show, async (c) => {
      const { id, country, timeZone } = c.get('company');
      const details = await companyDetails(c.get('hub').database.db, id);
      return c.json({ ...details, country, timeZone });
    })
    .openapi(change, async (c) => {
      const { id } = c.get('company');
      const details = c.req.valid('json');
      // Names are told apart over all companies, which nobody here sees.
      const { db } = c.get('wholeHub').database;
      const isTaken = (await listCompanies(db)).some((one) => {
        return one.id !== id && one.name === details.name;
      });
      if (isTaken) return fails(409, 'company-there', { name: details.name });
      await changeCompany(db, id, details);
      const by = { by: c.get('caller').email, companyId: id };
      await addAudit(db, { ...by, act: 'company.change', about: details });
      return c.json(details);
    });
}
