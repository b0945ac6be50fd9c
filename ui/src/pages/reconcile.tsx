import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api.ts';
import { dayText, timeText } from '../format.ts';
import { ReconcileResult } from '../parts/reconcile-result.tsx';
import { Empty, Failed, Shown } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { meQuery, queries, reconciliationQuery, reconciliationsQuery } from '../queries.ts';

const made = api.companies[':company'].reconciliations;
const FROM = '/shell/c/$company/reconcile';

/** Source, hub and ledger beside each other, and every difference by name. */
export function ReconcilePage() {
  const { t } = useTranslation();
  const { company } = useParams({ from: FROM });
  const search = useSearch({ from: FROM });
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
              {search.made === undefined ? null : <Made company={company} id={search.made} />}
              <Earlier company={company} flows={data.flows} made={data.made} />
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
  const go = useNavigate();
  const [asked, setAsked] = useState({ flow: flows[0]?.id ?? '', ...lastMonth() });
  const making = useMutation({
    mutationFn: () => answer(made.$post({ param: { company }, json: asked })),
    onSuccess: async (one) => {
      queries.setQueryData(reconciliationQuery(company, one.id).queryKey, one);
      // It has an address of its own: what was proven can be shown to others as it was.
      await go({ to: '/c/$company/reconcile', params: { company }, search: { made: one.id } });
      await queries.invalidateQueries({ queryKey: ['company', company, 'reconciliations'] });
    },
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
    </>
  );
}

function Made({ company, id }: { readonly company: string; readonly id: string }) {
  const found = useQuery(reconciliationQuery(company, id));
  return <Shown of={found}>{(one) => <ReconcileResult company={company} of={one} />}</Shown>;
}

function Earlier(of: Pick<Kept, 'flows' | 'made'> & { readonly company: string }) {
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
                <Link
                  to="/c/$company/reconcile"
                  params={{ company: of.company }}
                  search={{ made: one.id }}
                >
                  {dayText(one.from)} – {dayText(one.to)}
                </Link>
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
