import { useTranslation } from 'react-i18next';
import type { Posting, Voucher } from '../api.ts';
import { amountText, dayText } from '../format.ts';
import { Table } from './table.tsx';

/** Rows as a bookkeeper writes them: debit and credit in columns of their own, and their sums. */
export function Postings(of: { readonly rows: readonly Posting[]; readonly label: string }) {
  const { t } = useTranslation();
  const sum = (sign: 1 | -1): string => {
    const side = of.rows.map((row) => BigInt(row.minor) * BigInt(sign)).filter((n) => n > 0n);
    return amountText(String(side.reduce((a, b) => a + b, 0n)));
  };
  return (
    <div className="postings">
      <Table
        label={of.label}
        heads={[
          { text: t('posting.account') },
          { text: t('posting.debit'), isNumber: true },
          { text: t('posting.credit'), isNumber: true },
          { text: t('posting.why'), isBeside: true },
        ]}
        foot={
          <tr>
            <td>{t('posting.sum')}</td>
            <td className="num">{sum(1)}</td>
            <td className="num">{sum(-1)}</td>
            <td className="beside" />
          </tr>
        }
      >
        {of.rows.map((row, index) => (
          <Row key={index} row={row} />
        ))}
      </Table>
    </div>
  );
}

function Row({ row }: { readonly row: Posting }) {
  const isDebit = !row.minor.startsWith('-');
  const amount = amountText(row.minor.replace('-', ''));
  const why = [row.why, row.costCentre, row.project].filter(Boolean).join(' · ');
  return (
    <tr>
      <td>
        <strong>{row.account}</strong> {row.accountName || row.text}
        <div className="quiet small under">{why}</div>
      </td>
      <td className="num">{isDebit ? amount : ''}</td>
      <td className="num">{isDebit ? '' : amount}</td>
      <td className="quiet small beside">{why}</td>
    </tr>
  );
}

/** Vouchers with their rows. */
export function Vouchers({ vouchers }: { readonly vouchers: readonly Voucher[] }) {
  return vouchers.map((voucher, index) => (
    <div key={index}>
      <p className="small" style={{ margin: 0, padding: '0.6rem 1rem 0.2rem' }}>
        <strong>{dayText(voucher.date)}</strong> {voucher.text}{' '}
        <span className="quiet">
          {[voucher.series, voucher.currency].filter(Boolean).join(' · ')}
        </span>
      </p>
      <Postings rows={voucher.rows} label={`${voucher.date} ${voucher.text}`} />
    </div>
  ));
}
