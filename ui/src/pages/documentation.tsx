import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formOf, type Documentation, type FormField } from '../api.ts';
import { moneyText, timeText } from '../format.ts';
import { saidText } from '../parts/said-text.ts';
import { StatePill, useKind } from '../parts/pill.tsx';
import { Shown } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { documentationQuery } from '../queries.ts';

/** How the books came to be, to be printed: systems and rules with versions and dates. */
export function DocumentationPage() {
  const { t } = useTranslation();
  const { company } = useParams({ from: '/shell/c/$company/documentation' });
  return (
    <Shown of={useQuery(documentationQuery(company))}>
      {(data) => (
        <article className="stack">
          <div className="page-head">
            <div>
              <h1>
                {t('system.title')}: {data.company}
              </h1>
              <span className="quiet small">
                {t('system.made', { at: timeText(data.madeAtMs) })}
              </span>
            </div>
            <Button size="xs" className="no-print" onClick={() => window.print()}>
              {t('system.print')}
            </Button>
          </div>
          <p style={{ margin: 0, maxWidth: '70ch' }}>{t('system.text')}</p>
          <Systems of={data} />
          {data.flows.map((flow) => (
            <Rules
              key={`${flow.source}-${flow.target}`}
              of={flow}
              currency={data.currency}
              form={formOf(data)}
            />
          ))}
          <Schedules of={data} />
        </article>
      )}
    </Shown>
  );
}

function Systems({ of }: { readonly of: Documentation }) {
  const { t } = useTranslation();
  const kind = useKind();
  return (
    <section className="panel">
      <header>
        <h2>{t('nav.connections')}</h2>
      </header>
      <Table
        label={t('nav.connections')}
        heads={[
          { text: t('system.name') },
          { text: t('system.system') },
          { text: t('connections.gives') },
          { text: t('connections.takes') },
          { text: t('documents.state') },
        ]}
      >
        {of.connections.map(({ name, system, state, gives, takes }) => (
          <tr key={name}>
            <td>{name}</td>
            <td>{system}</td>
            <td>{gives.map(kind).join(', ')}</td>
            <td>{takes.map(kind).join(', ')}</td>
            <td>
              <StatePill state={state} />
            </td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

function Rules(of: {
  readonly of: Documentation['flows'][number];
  readonly currency: string;
  readonly form: readonly FormField[];
}) {
  const { t } = useTranslation();
  const { source, target, versions } = of.of;
  const title = `${source} → ${target}`;
  const limit = ({ fourEyesMinor }: (typeof versions)[number]): string =>
    fourEyesMinor === null ? '' : moneyText({ minor: fourEyesMinor, currency: of.currency });
  return (
    <section className="panel" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <span className="quiet small">{t('system.versions', { count: versions.length })}</span>
      </header>
      {versions.map((version, index) => (
        <div key={version.atMs + index} className="body version">
          <h3>
            {t(index === 0 ? 'system.counts' : 'system.before')} · {timeText(version.atMs)}
          </h3>
          <p className="small" style={{ margin: '0.2rem 0' }}>
            {t(version.mode === 'review' ? 'flow.reviewHelp' : 'flow.automaticHelp')}
            {version.fourEyesMinor === null ? '' : ` · ${t('flow.fourEyes')} ${limit(version)}`}
            {version.startDate === null ? '' : ` · ${t('flow.start')} ${version.startDate}`}
          </p>
          <Choices said={version.choices} form={of.form} />
        </div>
      ))}
    </section>
  );
}

/** Only what the company has chosen itself: the rest is the program's standard. */
function Choices(of: {
  readonly said: Readonly<Record<string, unknown>>;
  readonly form: readonly FormField[];
}) {
  const { t } = useTranslation();
  const said = Object.entries(of.said).filter(([, value]) => JSON.stringify(value) !== '{}');
  if (said.length === 0) return <p className="quiet small">{t('system.standard')}</p>;
  return (
    <dl className="choices">
      {said.map(([name, value]) => {
        const field = of.form.find((one) => one.name === name);
        return (
          <div key={name}>
            <dt>{field?.label ?? name}</dt>
            <dd>{saidText(field, value, { yes: t('form.yes'), no: t('form.no') })}</dd>
          </div>
        );
      })}
    </dl>
  );
}

function Schedules({ of }: { readonly of: Documentation }) {
  const { t } = useTranslation();
  if (of.schedules.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="schedules">
      <header>
        <h2 id="schedules">{t('system.schedules')}</h2>
      </header>
      <ul className="plain-list">
        {of.schedules.map(({ act, times, days }, index) => (
          <li key={index}>
            {t(act === 'missing' ? 'system.missing' : 'system.reconcile')} {times.join(', ')}{' '}
            {days.join(', ')}
          </li>
        ))}
      </ul>
    </section>
  );
}
