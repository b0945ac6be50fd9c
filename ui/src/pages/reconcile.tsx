import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Reconciliation } from '../api.ts';
import { amountText, dayText, timeText } from '../format.ts';
import { ReconcileDays } from '../parts/reconcile-days.tsx';
import { Empty, Failed, Shown } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { meQuery, queries, reconciliationsQuery } from '../queries.ts';

const made = api.companies[':company'].reconciliations;

/** Source, hub and ledger beside each other, and every difference by name. */
export function ReconcilePage() {
  const { t } = useTranslation();
  const { company } = useParams({ from: '/shell/c/$company/reconcile' });
  const kept = useQuery(reconciliationsQuery(company));
  const rights = useQuery(meQuery).data?.companies.find(({ id }) => id === company)?.rights ?? [];
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('reconcile.title')}</h1>
          <span className="quiet small">{t('reconcile.text')}</span>
        </div>
      </div>
      <Shown of={kept}>
        {(data) =>
          data.flows.length === 0 ? (
            <section className="panel">
              <Empty says={t('reconcile.noFlow')} />
            </section>
          ) : (
            <div className="stack">
              {rights.includes('settle') ? <Make company={company} flows={data.flows} /> : null}
              <Earlier flows={data.flows} made={data.made} />
            </div>
          )
        }
      </Shown>
    </>
  );
}

type Kept = Awaited<ReturnType<NonNullable<ReturnType<typeof reconciliationsQuery>['queryFn']>>>;

/** The month before this one. */
function lastMonth(): { readonly from: string; readonly to: string } {
  const first = Temporal.Now.plainDateISO().with({ day: 1 });
  const from = first.subtract({ months: 1 });
  return { from: String(from), to: String(first.subtract({ days: 1 })) };
}

function Make({ company, flows }: { readonly company: string; readonly flows: Kept['flows'] }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState({ flow: flows[0]?.id ?? '', ...lastMonth() });
  const making = useMutation({
    mutationFn: () => answer(made.$post({ param: { company }, json: asked })),
    onSuccess: () =>
      queries.invalidateQueries({ queryKey: ['company', company, 'reconciliations'] }),
  });
  const field = (name: keyof typeof asked) => ({
    value: asked[name],
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLSelectElement }) => {
      setAsked({ ...asked, [name]: currentTarget.value });
    },
  });
  return (
    <>
      <form
        className="no-print"
        style={{ display: 'flex', flexWrap: 'wrap', gap: '0.6rem', alignItems: 'end' }}
        onSubmit={(event) => {
          event.preventDefault();
          making.mutate();
        }}
      >
        <NativeSelect
          label={t('reconcile.flow')}
          data={flows.map(({ id, name }) => ({
            value: id,
            label: name,
          }))}
          {...field('flow')}
        />
        <TextInput label={t('documents.from')} type="date" required {...field('from')} />
        <TextInput label={t('documents.to')} type="date" required {...field('to')} />
        <Button type="submit" loading={making.isPending}>
          {t('reconcile.make')}
        </Button>
      </form>
      {making.isPending ? <p className="quiet">{t('reconcile.making')}</p> : null}
      {making.error === null ? null : <Failed error={making.error} />}
      {making.data === undefined ? null : <Result company={company} of={making.data} />}
    </>
  );
}

function Result({ company, of }: { readonly company: string; readonly of: Reconciliation }) {
  const { t, i18n } = useTranslation();
  const what = useWhat();
  const count = of.differences.length;
  const named = (name: string): string =>
    i18n.exists(`fact.${name}`) ? t(`fact.${name}` as 'fact.difference') : name;
  return (
    <section className="panel" aria-labelledby="result">
      <header>
        <h2 id="result">
          {of.flow} · {dayText(of.from)} – {dayText(of.to)}
        </h2>
        <Button size="xs" variant="default" className="no-print" onClick={() => window.print()}>
          {t('system.print')}
        </Button>
        <span className={`pill ${count === 0 ? 'good' : 'bad'}`} data-testid="verdict">
          {count === 0 ? t('reconcile.even') : t('reconcile.differs', { count })}
        </span>
      </header>
      {count === 0 ? null : (
        <ul className="plain-list">
          {of.differences.map((one, index) => (
            <li key={index}>
              <strong>
                {i18n.exists(`different.${one.kind}`)
                  ? t(`different.${one.kind}` as 'different.amount')
                  : one.kind}
              </strong>{' '}
              {[one.day === null ? '' : dayText(one.day), what(one.about), one.detail]
                .filter(Boolean)
                .join(' · ')}
              <span className="small quiet">
                {one.amounts.map(({ name, minor }) => ` · ${named(name)} ${amountText(minor)}`)}
              </span>
            </li>
          ))}
        </ul>
      )}
      <Totals of={of} />
      <ReconcileDays company={company} result={of} nameOf={what} />
      <p className="body quiet small" style={{ margin: 0 }}>
        {t('reconcile.counts', {
          documents: of.counts.documents,
          booked: of.counts.booked,
          vouchers: of.counts.vouchers,
        })}
      </p>
      {of.open.length === 0 ? null : (
        <div className="body">
          <h2>{t('reconcile.open')}</h2>
          <ul>
            {of.open.map(({ document, state }) => (
              <li key={document}>
                {document}: {t(`state.${state}` as 'state.held')}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

/** `sales.25` as a bookkeeper says it; an account or a document as it is. */
function useWhat(): (what: string) => string {
  const { t, i18n } = useTranslation();
  const named = (name: string): string | null =>
    i18n.exists(`what.${name}`) ? t(`what.${name}` as 'what.sales') : null;
  return (what) => {
    const [group = '', kind = ''] = what.split('.');
    const whole = named(`${group}_${kind}`);
    if (whole !== null) return whole;
    const name = named(group);
    if (name === null || kind === '') return name ?? what;
    return /^\d/.test(kind) ? `${name} ${kind}\u00a0%` : `${name}: ${kind}`;
  };
}

function Totals({ of }: { readonly of: Reconciliation }) {
  const { t } = useTranslation();
  const what = useWhat();
  if (of.totals.length === 0) return null;
  return (
    <Table
      label={t('reconcile.title')}
      heads={[
        { text: t('reconcile.what') },
        { text: t('fact.source'), isNumber: true },
        { text: t('fact.hub'), isNumber: true },
        { text: t('fact.ledger'), isNumber: true },
        { text: t('reconcile.difference'), isNumber: true },
      ]}
    >
      {of.totals.map((row) => {
        const difference = BigInt(row.source) - BigInt(row.ledger);
        return (
          <tr key={row.what}>
            <td>{what(row.what)}</td>
            <td className="num">{amountText(row.source)}</td>
            <td className="num">{amountText(row.hub)}</td>
            <td className="num">{amountText(row.ledger)}</td>
            <td className={`num ${difference === 0n ? 'zero' : ''}`}>
              {amountText(String(difference))}
            </td>
          </tr>
        );
      })}
    </Table>
  );
}

function Earlier(of: Pick<Kept, 'flows' | 'made'>) {
  const { t } = useTranslation();
  const names = new Map(of.flows.map(({ id, name }) => [id, name]));
  return (
    <section className="panel no-print">
      <header>
        <h2>{t('reconcile.earlier')}</h2>
      </header>
      {of.made.length === 0 ? (
        <Empty says={t('reconcile.none')} />
      ) : (
        <Table
          label={t('reconcile.earlier')}
          heads={[
            { text: t('reconcile.when') },
            { text: t('reconcile.flow') },
            { text: t('reconcile.period') },
            { text: t('reconcile.difference'), isNumber: true },
          ]}
        >
          {of.made.map((one) => (
            <tr key={one.id}>
              <td>{timeText(one.madeAtMs)}</td>
              <td>{names.get(one.flowId)}</td>
              <td>
                {dayText(one.from)} – {dayText(one.to)}
              </td>
              <td className="num">
                <span className={`pill ${one.differences === 0 ? 'good' : 'bad'}`}>
                  {one.differences}
                </span>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}
