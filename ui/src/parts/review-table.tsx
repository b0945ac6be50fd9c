import { Link } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReviewRow } from '../api.ts';
import { dayText, moneyText } from '../format.ts';
import { useKind } from './pill.tsx';
import type { Selection } from './selection.ts';

/** Who has let a document go already waits for somebody else to. */
export function isOpenTo({ first }: ReviewRow): boolean {
  return first === null || !first.isYou;
}

/** Rows with boxes: what each would be booked as stands beside, or below where it is narrow. */
export function ReviewTable(of: {
  readonly company: string;
  readonly rows: readonly ReviewRow[];
  readonly selection: Selection;
  readonly mayApprove: boolean;
  /** What the row at the keyboard leads to, shown below it; null: it stands beside. */
  readonly below: ReactNode;
}) {
  const { t } = useTranslation();
  const { rows, selection } = of;
  const open = rows.filter(isOpenTo).length;
  const count = selection.chosen.size;
  return (
    <div className="scroll" role="region" aria-label={t('review.title')} tabIndex={0}>
      <table className="table review-table" aria-label={t('review.title')}>
        <thead>
          <tr>
            {of.mayApprove ? (
              <th scope="col" className="box">
                <input
                  type="checkbox"
                  aria-label={t('review.all')}
                  checked={count > 0 && count === open}
                  disabled={open === 0}
                  ref={(box) => {
                    if (box !== null) box.indeterminate = count > 0 && count < open;
                  }}
                  onChange={({ currentTarget }) => selection.all(currentTarget.checked)}
                />
              </th>
            ) : null}
            <th scope="col" className="wide-only">
              {t('documents.date')}
            </th>
            <th scope="col">{t('documents.document')}</th>
            <th scope="col" className="wide-only">
              {t('documents.kind')}
            </th>
            <th scope="col" className="num">
              {t('documents.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <Row key={row.id} {...of} row={row} index={index} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row(of: {
  readonly company: string;
  readonly row: ReviewRow;
  readonly index: number;
  readonly selection: Selection;
  readonly mayApprove: boolean;
  readonly below: ReactNode;
}) {
  const { t } = useTranslation();
  const kind = useKind();
  const { row, index, selection } = of;
  const isAt = index === selection.at;
  const here = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (isAt && index > 0) here.current?.scrollIntoView({ block: 'nearest' });
  }, [isAt, index]);
  return (
    <>
      <tr
        ref={here}
        className={isAt ? 'at' : ''}
        aria-current={isAt}
        onClick={() => selection.go(index)}
      >
        {of.mayApprove ? (
          <td className="box">
            <input
              type="checkbox"
              aria-label={t('review.one', { name: row.name })}
              checked={selection.chosen.has(row.id)}
              disabled={!isOpenTo(row)}
              onChange={() => undefined}
              onClick={(event) => {
                event.stopPropagation();
                selection.toggle(index, event.shiftKey);
              }}
            />
          </td>
        ) : null}
        <td className="nowrap wide-only">{dayText(row.date)}</td>
        <td>
          <Link
            to="/c/$company/documents/$document"
            params={{ company: of.company, document: row.documentId }}
            className="name"
          >
            {row.name}
          </Link>
          <div className="quiet small mobile-only">{dayText(row.date)}</div>
          <Remarks row={row} />
        </td>
        <td className="quiet wide-only nowrap">{kind(row.kind)}</td>
        <td className="num">{row.amount === null ? '' : moneyText(row.amount)}</td>
      </tr>
      {isAt && of.below !== null ? (
        <tr>
          <td colSpan={of.mayApprove ? 5 : 4} className="below">
            {of.below}
          </td>
        </tr>
      ) : null}
    </>
  );
}

/** What has to be known of a row before it is approved. */
function Remarks({ row }: { readonly row: ReviewRow }) {
  const { t } = useTranslation();
  const { first, needsTwo, why } = row;
  return (
    <>
      {first === null && needsTwo ? (
        <>
          {' '}
          <span className="pill">{t('review.needsTwo')}</span>
        </>
      ) : null}
      {first === null ? null : (
        <>
          {' '}
          <span className={`pill ${first.isYou ? '' : 'warn'}`}>
            {first.isYou ? t('review.youFirst') : t('review.theyFirst', { by: first.by })}
          </span>
        </>
      )}
      {why === null ? null : (
        <div className="small remark">
          <span className="pill warn">{t('review.asks')}</span> {why}
        </div>
      )}
    </>
  );
}
