import { addAudit } from '../store/audit.ts';
import { changeFirm, readFirm, type Firm } from '../store/firm.ts';
import type { Hub } from './hub.ts';

/** Changes what the firm decides for everybody. @returns it as it is now */
export async function setFirm(
  { database }: Pick<Hub, 'database'>,
  change: Partial<Firm>,
  by: string,
): Promise<Firm> {
  return database.db.transaction().execute(async (trx) => {
    await changeFirm(trx, change);
    const { fourEyesMinor, ...firm } = await readFirm(trx);
    const about = { ...firm, fourEyesMinor: fourEyesMinor === null ? null : String(fourEyesMinor) };
    await addAudit(trx, { by, companyId: null, act: 'firm.change', about });
    return { ...firm, fourEyesMinor };
  });
}
