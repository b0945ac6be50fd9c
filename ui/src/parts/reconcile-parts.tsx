import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reconciliation, ReconciliationParts } from '../api.ts';
import { amountText, dayText } from '../format.ts';
import { reconciliationPartsQuery } from '../queries.ts';
import { StatePill } from './pill.tsx';
import { Shown } from './states.tsx';
import { Table } from './table.tsx';

const SIDES = ['source', 'hub', 'ledger'] as const;

/** The documents that one figure is made of, and their sum. */
export function ReconcileParts(of: {
  readonly company: string;
  readonly result: Reconciliation;
  readonly day: string;
  readonly what: string;
  readonly name: string;
}) {
  const { t } = useTranslation();
  const { company, result, day, what, name } = of;
  const found = useQuery(
    reconciliationPartsQuery(company, { reconciliation: result.id, day, what }),
  );
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever has chosen a figure by keyboard goes on from here.
  useEffect(() => heading.current?.focus(), [day, what]);
  return (
    <section className="reconcile-parts" aria-labelledby="parts">
      <header>
        <h2 id="parts" ref={heading} tabIndex={-1}>
          {name} · {dayText(day)}
        </h2>
        <Link
          to="/c/$company/reconcile"
          params={{ company }}
          search={{ made: result.id }}
          resetScroll={false}
          className="no-print"
        >
          {t('grid.close')}
        </Link>
      </header>
      <Shown of={found}>
        {({ parts }) =>
          parts.length === 0 ? (
            <p className="body quiet">{t('grid.unknown')}</p>
          ) : (
            <Parts company={company} parts={parts} label={`${name} ${dayText(day)}`} />
          )
        }
      </Shown>
    </section>
  );
}

function Parts(of: {
  readonly company: string;
  readonly parts: ReconciliationParts['parts'];
  readonly label: string;
}) {
  const { t } = useTranslation();
  const { company, parts } = of;
  const sum = (side: (typeof SIDES)[number]): string =>
    String(parts.reduce((all, part) => all + BigInt(part[side]), 0n));
  return (
    <Table
      label={of.label}
      heads={[
        { text: t('documents.document') },
        { text: t('documents.voucher') },
        ...SIDES.map((side) => ({ text: t(`fact.${side}`), isNumber: true })),
      ]}
      foot={
        <tr>
          <th scope="row">{t('grid.sum')}</th>
          <td />
          {SIDES.map((side) => (
            <td key={side} className="num">
              {amountText(sum(side))}
            </td>
          ))}
        </tr>
      }
    >
      {parts.map(({ document, ...sides }) => (
        <tr key={document.id}>
          <td>
            <Link to="/c/$company/documents/$document" params={{ company, document: document.id }}>
              {document.name}
            </Link>
          </td>
          <td>
            {document.label ??
              (document.state === null ? '' : <StatePill state={document.state} />)}
          </td>
          {SIDES.map((side) => (
            <td key={side} className="num">
              {amountText(sides[side])}
            </td>
          ))}
        </tr>
      ))}
    </Table>
  );
}
