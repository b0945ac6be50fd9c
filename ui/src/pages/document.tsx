import { Accordion, Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api, type WholeDocument } from '../api.ts';
import { dayText, timeText } from '../format.ts';
import { Original } from '../parts/original.tsx';
import { Reason } from '../parts/held-one.tsx';
import { StatePill, useKind } from '../parts/pill.tsx';
import { Postings, Vouchers } from '../parts/postings.tsx';
import { Shown } from '../parts/states.tsx';
import { documentQuery, queries } from '../queries.ts';

type Delivery = WholeDocument['deliveries'][number];

/** One document from the bytes that came to the voucher in the ledger. */
export function DocumentPage() {
  const { company, document } = useParams({ from: '/shell/c/$company/documents/$document' });
  return (
    <Shown of={useQuery(documentQuery(company, document))}>
      {(data) => (
        <>
          <Head company={company} of={data} />
          <div className="stack">
            {data.deliveries.map((delivery) => (
              <Way key={delivery.id} company={company} of={delivery} order={data.order} />
            ))}
            <div className="two">
              <Timeline moments={data.timeline} />
              <Original company={company} of={data} />
            </div>
          </div>
        </>
      )}
    </Shown>
  );
}

function Head({ company, of }: { readonly company: string; readonly of: WholeDocument }) {
  const { t } = useTranslation();
  const kind = useKind();
  const labels = of.deliveries.flatMap(({ label }) => label ?? []);
  const others = of.versions.filter(({ id }) => id !== of.id);
  return (
    <div className="page-head">
      <div>
        <Link to="/c/$company/documents" params={{ company }} className="small">
          {t('documents.title')}
        </Link>
        <h1>{of.name}</h1>
        <span className="quiet small">
          {kind(of.kind)} · {dayText(of.date)} · {of.source} · {t('document.received')}{' '}
          {timeText(of.receivedAtMs)} · {t('document.version')} {of.version}
          {others.map(({ id, version }) => (
            <span key={id}>
              {' · '}
              <Link to="/c/$company/documents/$document" params={{ company, document: id }}>
                {t('document.version')} {version}
              </Link>
            </span>
          ))}
        </span>
      </div>
      {labels.length === 0 ? null : (
        <div>
          <span className="quiet small">{t('posting.voucher')} </span>
          <strong data-testid="voucher-number">{labels.join(', ')}</strong>
        </div>
      )}
    </div>
  );
}

type Order = WholeDocument['order'];

function Way({
  company,
  of,
  order,
}: {
  readonly company: string;
  readonly of: Delivery;
  readonly order: Order;
}) {
  const { t } = useTranslation();
  const waits = of.state === 'held' || of.state === 'review';
  return (
    <section className="panel">
      <header>
        <div className="between">
          <h2>
            {t('document.postings')} · {t('document.into', { target: of.target })}
          </h2>
          <StatePill state={of.state} />
        </div>
        {waits ? (
          <Link
            to={of.state === 'review' ? '/c/$company/held/review' : '/c/$company/held'}
            params={{ company }}
            search={of.state === 'review' ? {} : { delivery: of.id }}
          >
            {t('document.settle')}
          </Link>
        ) : null}
        {order !== null && WAITS.has(of.state) ? <BookNow company={company} of={order} /> : null}
      </header>
      {of.refusals.length === 0 && of.reason === null ? null : (
        <div className="body stack">
          {of.reason === null ? null : <p style={{ margin: 0 }}>{of.reason}</p>}
          {of.refusals.map((refusal) => (
            <Reason key={refusal.message} refusal={refusal} />
          ))}
        </div>
      )}
      <Vouchers vouchers={of.vouchers} />
      {of.vouchers.length === 0 && of.draft.length > 0 ? (
        <Postings rows={of.draft} label={t('document.draft')} />
      ) : null}
      {of.vouchers.length + of.draft.length === 0 ? (
        <p className="body quiet" style={{ margin: 0 }}>
          {t('document.noPostings')}
        </p>
      ) : null}
      {of.notices.map(({ message }) => (
        <p key={message} className="small quiet" style={{ margin: 0, padding: '0.4rem 1rem' }}>
          {message}
        </p>
      ))}
      {of.steps.length === 0 ? null : <Steps steps={of.steps} />}
    </section>
  );
}

/** Where an order waits for its time, for the voucher of its day, or for nobody. */
const WAITS: ReadonlySet<string> = new Set(['pending', 'gathering', 'skipped']);

/** Has an order fetched once more from its shop, and booked as it stands there. */
function BookNow({ company, of }: { readonly company: string; readonly of: NonNullable<Order> }) {
  const { t } = useTranslation();
  const booking = useMutation({
    mutationFn: () =>
      answer(
        api.companies[':company'].orders.sync.$post({
          param: { company },
          json: { number: of.number, connection: of.connection },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['company', company] }),
  });
  const says = booking.error?.message ?? booking.data?.trouble ?? null;
  return (
    <div>
      <Button
        size="compact-sm"
        variant="light"
        loading={booking.isPending}
        onClick={() => booking.mutate()}
      >
        {t('document.bookNow')}
      </Button>
      <span role="status" className="small quiet">
        {says === null ? '' : ` ${says}`}
      </span>
    </div>
  );
}

function Steps({ steps }: { readonly steps: Delivery['steps'] }) {
  const { t } = useTranslation();
  return (
    <Accordion variant="default" multiple chevronPosition="left">
      {steps.map((step) => (
        <Accordion.Item key={step.seq} value={String(step.seq)}>
          <Accordion.Control>
            <span className="between small">
              <span>
                {step.seq}. <code>{step.call}</code>{' '}
                {step.attempt > 1 ? (
                  <span className="quiet">{t('document.attempt', { count: step.attempt })}</span>
                ) : null}
              </span>
              <span>
                {step.label} <StatePill state={step.state} />
              </span>
            </span>
          </Accordion.Control>
          <Accordion.Panel>
            <div className="two">
              <Json title={t('document.sent')} value={step.input} />
              <Json title={t('document.answer')} value={step.answer} />
            </div>
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

function Json({ title, value }: { readonly title: string; readonly value: unknown }) {
  return (
    <div>
      <p className="quiet small" style={{ margin: '0 0 0.3rem' }}>
        {title}
      </p>
      <pre className="code" tabIndex={0}>
        {value === null ? '–' : JSON.stringify(value, null, 2)}
      </pre>
    </div>
  );
}

const TONES: Readonly<Record<string, string>> = {
  done: 'done',
  answer: 'done',
  found: 'done',
  refused: 'bad',
  doubt: 'bad',
};

function Timeline({ moments }: { readonly moments: WholeDocument['timeline'] }) {
  const { t, i18n } = useTranslation();
  const named = (event: string): string =>
    i18n.exists(`event.${event}`) ? t(`event.${event}` as 'event.done') : event;
  return (
    <section className="panel" aria-labelledby="timeline">
      <header>
        <h2 id="timeline">{t('document.timeline')}</h2>
      </header>
      <div className="body">
        <ol className="timeline">
          {moments.map((moment, index) => (
            <li key={index} className={TONES[moment.event] ?? ''}>
              <strong>{named(moment.event)}</strong>{' '}
              <span className="quiet small">{timeText(moment.atMs)}</span>
              {moment.detail === null || moment.detail === '' ? null : (
                <div className="quiet small" style={{ overflowWrap: 'anywhere' }}>
                  {moment.step === null ? '' : `${moment.step}. `}
                  {moment.detail}
                </div>
              )}
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}
