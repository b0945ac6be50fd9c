import { Alert, Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Webhook, type WebhookEvent, type Webhooks } from '../api.ts';
import { timeText } from '../format.ts';
import { Confirmed } from '../parts/confirmed.tsx';
import { Once } from '../parts/once.tsx';
import { Panel } from '../parts/panel.tsx';
import { Empty, Shown } from '../parts/states.tsx';
import { WebhookMessages } from '../parts/webhook-messages.tsx';
import { queries, webhooksQuery } from '../queries.ts';

const webhooks = api.companies[':company'].webhooks;

const changed = (company: string) =>
  queries.invalidateQueries({ queryKey: ['company', company, 'webhooks'] });

/** Programs that are told what happens. */
export function WebhooksPage() {
  const { t } = useTranslation();
  const { company } = useParams({ from: '/shell/c/$company/settings/webhooks' });
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('webhooks.title')}</h1>
          <span className="quiet small">{t('webhooks.text')}</span>
        </div>
      </div>
      <Shown of={useQuery(webhooksQuery(company))}>
        {(data) => (
          <div className="stack">
            <MakeWebhook company={company} of={data} />
            {data.webhooks.length === 0 ? (
              <section className="panel">
                <Empty says={t('webhooks.none')} />
              </section>
            ) : (
              data.webhooks.map((one) => (
                <One key={one.id} company={company} of={one} events={data.events} />
              ))
            )}
          </div>
        )}
      </Shown>
    </>
  );
}

function MakeWebhook({ company, of }: { readonly company: string; readonly of: Webhooks }) {
  const { t } = useTranslation();
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState<readonly WebhookEvent[]>(of.events);
  const making = useMutation({
    mutationFn: () =>
      answer(webhooks.$post({ param: { company }, json: { url, events: [...events] } })),
    onSuccess: async () => {
      setUrl('');
      await changed(company);
    },
  });
  return (
    <Panel title={t('webhooks.make')}>
      <form
        className="stack narrow"
        onSubmit={(event) => {
          event.preventDefault();
          making.mutate();
        }}
      >
        <UrlField value={url} change={setUrl} />
        <EventFields all={of.events} chosen={events} choose={setEvents} />
        <Wrong error={making.error} />
        <div>
          <Button type="submit" loading={making.isPending} disabled={events.length === 0}>
            {t('webhooks.make')}
          </Button>
        </div>
      </form>
      {making.data === undefined ? null : (
        <Once
          label={t('webhooks.secret')}
          help={t('webhooks.secretHelp')}
          secret={making.data.secret}
        />
      )}
    </Panel>
  );
}

function UrlField(of: { readonly value: string; readonly change: (url: string) => void }) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t('webhooks.url')}
      placeholder="https://"
      required
      maxLength={2_000}
      value={of.value}
      onChange={({ currentTarget }) => of.change(currentTarget.value)}
    />
  );
}

function EventFields(of: {
  readonly all: readonly WebhookEvent[];
  readonly chosen: readonly string[];
  readonly choose: (events: readonly WebhookEvent[]) => void;
}) {
  const { t } = useTranslation();
  return (
    <Checkbox.Group
      label={t('webhooks.events')}
      value={[...of.chosen]}
      onChange={(chosen) => of.choose(of.all.filter((event) => chosen.includes(event)))}
    >
      <div className="stack tight">
        {of.all.map((event) => (
          <Checkbox
            key={event}
            value={event}
            label={t(`webhookEvent.${keyOf(event)}`)}
            description={event}
          />
        ))}
      </div>
    </Checkbox.Group>
  );
}

/** A point would be a level among the texts. */
function keyOf<Event extends WebhookEvent>(event: Event) {
  return event.replace('.', '-') as Event extends `${infer What}.${infer Did}`
    ? `${What}-${Did}`
    : never;
}

function One(of: {
  readonly company: string;
  readonly of: Webhook;
  readonly events: readonly WebhookEvent[];
}) {
  const { t } = useTranslation();
  const { company } = of;
  const { id, url, off } = of.of;
  const param = { company, webhook: id };
  const refetch = () => changed(company);
  const at = webhooks[':webhook'];
  const trying = useMutation({
    mutationFn: () => answer(at.test.$post({ param })),
    onSuccess: refetch,
  });
  const renewing = useMutation({
    mutationFn: () => answer(at.secret.$post({ param })),
    onSuccess: refetch,
  });
  const ending = useMutation({
    mutationFn: () => answer(at.$delete({ param })),
    onSuccess: refetch,
  });
  return (
    <Panel title={url}>
      <Standing of={of.of} />
      <WebhookMessages company={company} webhook={id} />
      <div className="between start">
        <Button
          size="xs"
          variant="default"
          disabled={off !== null}
          loading={trying.isPending}
          aria-label={`${t('webhooks.test')}: ${url}`}
          onClick={() => trying.mutate()}
        >
          {t('webhooks.test')}
        </Button>
        <Confirmed
          says={t('webhooks.renew')}
          asks={t('webhooks.renewSure')}
          about={url}
          isPending={renewing.isPending}
          act={() => renewing.mutate()}
        />
        <Confirmed
          says={t('webhooks.end')}
          asks={t('webhooks.endSure')}
          about={url}
          isPending={ending.isPending}
          act={() => ending.mutate()}
        />
      </div>
      {renewing.data === undefined ? null : (
        <Once
          label={t('webhooks.newSecret')}
          help={t('webhooks.newSecretHelp')}
          secret={renewing.data.secret}
        />
      )}
      <Wrong error={trying.error ?? renewing.error ?? ending.error} />
      <Change company={company} of={of.of} events={of.events} />
    </Panel>
  );
}

/** Whether messages get through, and by which secrets they are signed. */
function Standing({ of }: { readonly of: Webhook }) {
  const { t } = useTranslation();
  const { off, failingSinceMs, bothSignUntilMs } = of;
  const isFailing = off === null && failingSinceMs !== null;
  return (
    <p role="status">
      <span className={`pill ${off !== null || isFailing ? 'warn' : 'good'}`}>
        {off ?? (isFailing ? t('webhooks.failing') : t('webhooks.on'))}
      </span>{' '}
      {isFailing ? <span className="quiet small">{timeText(failingSinceMs)}</span> : null}
      {bothSignUntilMs !== null && bothSignUntilMs > Date.now() ? (
        <span className="quiet small">
          {t('webhooks.bothSign', { time: timeText(bothSignUntilMs) })}
        </span>
      ) : null}
    </p>
  );
}

function Change(of: {
  readonly company: string;
  readonly of: Webhook;
  readonly events: readonly WebhookEvent[];
}) {
  const { t } = useTranslation();
  const { company } = of;
  const { id, off } = of.of;
  const [url, setUrl] = useState(of.of.url);
  const [events, setEvents] = useState(of.events.filter((one) => of.of.events.includes(one)));
  const [isOn, setIsOn] = useState(off === null);
  const saving = useMutation({
    mutationFn: () => {
      const json = { url, events, isOn };
      return answer(webhooks[':webhook'].$put({ param: { company, webhook: id }, json }));
    },
    onSuccess: () => changed(company),
  });
  return (
    <details className="more">
      <summary>{t('webhooks.change')}</summary>
      <form
        className="stack narrow"
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate();
        }}
      >
        <UrlField value={url} change={setUrl} />
        <EventFields all={of.events} chosen={events} choose={(chosen) => setEvents([...chosen])} />
        <Checkbox
          label={t('webhooks.isOn')}
          description={t('webhooks.isOnHelp')}
          checked={isOn}
          onChange={({ currentTarget }) => setIsOn(currentTarget.checked)}
        />
        <Wrong error={saving.error} />
        <div className="between start">
          <Button type="submit" loading={saving.isPending} disabled={events.length === 0}>
            {t('app.save')}
          </Button>
          <span role="status" className="small">
            {saving.isSuccess ? t('app.saved') : ''}
          </span>
        </div>
      </form>
    </details>
  );
}

function Wrong({ error }: { readonly error: Error | null }) {
  if (error === null) return null;
  return (
    <Alert color="red" variant="outline" role="alert">
      {error.message}
    </Alert>
  );
}
