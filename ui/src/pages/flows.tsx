import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Flows } from '../api.ts';
import { dayText, moneyText } from '../format.ts';
import { Empty, Shown } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { flowsQuery, useRights } from '../queries.ts';

/** What goes from where to where, and how it is booked. */
export function FlowsPage() {
  const { t } = useTranslation();
  const { company } = useParams({ from: '/shell/c/$company/flows' });
  const mayChange = useRights(company).includes('connect');
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('flow.title')}</h1>
          <span className="quiet small">{t('flow.text')}</span>
        </div>
      </div>
      <Shown of={useQuery(flowsQuery(company))}>
        {(data) => (
          <div className="stack">
            <section className="panel">
              {data.flows.length === 0 ? (
                <Empty says={t('flow.none')} />
              ) : (
                <List company={company} of={data} />
              )}
            </section>
            {mayChange ? <Possible company={company} possible={data.possible} /> : null}
          </div>
        )}
      </Shown>
    </>
  );
}

function List({ company, of }: { readonly company: string; readonly of: Flows }) {
  const { t } = useTranslation();
  return (
    <Table
      label={t('flow.title')}
      heads={[
        { text: t('reconcile.flow') },
        { text: t('flow.mode') },
        { text: t('flow.start'), isWide: true },
        { text: t('flow.fourEyes'), isNumber: true, isWide: true },
        { text: t('flow.own'), isNumber: true, isWide: true },
      ]}
    >
      {of.flows.map((flow) => (
        <tr key={flow.id} className="link-row">
          <td>
            <Link to="/c/$company/flows/$flow" params={{ company, flow: flow.id }}>
              {flow.source.title} → {flow.target.title}
            </Link>
          </td>
          <td>
            <span className={`pill ${flow.mode === 'review' ? 'warn' : 'good'}`}>
              {t(`flow.${flow.mode}`)}
            </span>
          </td>
          <td className="wide-only">{flow.startDate === null ? '' : dayText(flow.startDate)}</td>
          <td className="num wide-only">
            {flow.fourEyesMinor === null
              ? ''
              : moneyText({ minor: flow.fourEyesMinor, currency: of.currency })}
          </td>
          <td className="num wide-only">{Object.keys(flow.choices).length}</td>
        </tr>
      ))}
    </Table>
  );
}

/** Connections between which something could go, and does not yet. */
function Possible(of: { readonly company: string; readonly possible: Flows['possible'] }) {
  const { t } = useTranslation();
  if (of.possible.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="possible">
      <header>
        <h2 id="possible">{t('flow.possible')}</h2>
      </header>
      <ul className="plain-list">
        {of.possible.map(({ source, target, isReturn }) => (
          <li key={`${source.id}-${target.id}`} className="between">
            <span>
              {source.title} → {target.title}{' '}
              {isReturn ? <span className="quiet small">{t('flow.back')}</span> : null}
            </span>
            <Link
              to="/c/$company/flows/new"
              params={{ company: of.company }}
              search={{ source: source.id, target: target.id }}
              className="button"
            >
              {t('flow.add')}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
