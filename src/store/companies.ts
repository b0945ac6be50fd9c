import type { Language } from '../domain/posting/words.ts';
import type { Db } from './db.ts';

/** Marks a company as one whose systems are simulated within the hub. */
export async function markDemo(db: Db, companyId: string): Promise<void> {
  await db.updateTable('company').set({ is_demo: true }).where('id', '=', companyId).execute();
}

/** The companies of the demo that are shown. */
export async function demoCompanies(db: Db): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('company')
    .select('id')
    .where('is_demo', '=', true)
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/**
 * Ends a company: nobody sees it, nothing is fetched, delivered or done by itself for it any more.
 * What was booked and who did what stays on record.
 */
export async function endCompany(db: Db, companyId: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const theirs = trx.selectFrom('connection').select('id').where('company_id', '=', companyId);
    await trx.deleteFrom('source_account').where('connection_id', 'in', theirs).execute();
    await trx.deleteFrom('drop_folder').where('connection_id', 'in', theirs).execute();
    await trx
      .updateTable('pickup')
      .set({ ended_at: new Date(), secrets: null })
      .where('company_id', '=', companyId)
      .execute();
    await trx.deleteFrom('schedule').where('company_id', '=', companyId).execute();
    await trx
      .updateTable('connection')
      .set({ state: 'paused', state_reason: null })
      .where('company_id', '=', companyId)
      .execute();
    await trx
      .updateTable('company')
      .set({ ended_at: new Date() })
      .where('id', '=', companyId)
      .execute();
  });
}

/** What a company is called, its number and the language of its books. */
export type CompanyDetails = {
  readonly name: string;
  readonly orgNumber: string;
  readonly language: Language;
};

export async function companyDetails(db: Db, companyId: string): Promise<CompanyDetails> {
  const row = await db
    .selectFrom('company')
    .select(['name', 'org_number', 'language'])
    .where('id', '=', companyId)
    .executeTakeFirstOrThrow();
  return { name: row.name, orgNumber: row.org_number ?? '', language: row.language };
}

export async function changeCompany(
  db: Db,
  companyId: string,
  { name, orgNumber, language }: CompanyDetails,
): Promise<void> {
  await db
    .updateTable('company')
    .set({ name, language, org_number: orgNumber === '' ? null : orgNumber })
    .where('id', '=', companyId)
    .execute();
}
