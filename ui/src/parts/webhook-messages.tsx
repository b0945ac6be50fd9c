import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api, type WebhookMessage } from '../api.ts';
import { timeText } from '../format.ts';
import { queries } from '../queries.ts';
import { Empty, Failed, Loading } from './states.tsx';
import { Table } from './table.tsx';

const TONES = { done: 'good', waiting: '', failed: 'bad' } as const;
/** What is on its way is looked at again after this: it is told within a second or two. */
const SOON_MS = 1_500;
/** The same of what is tried again. */
const LATER_MS = 10_000;

const messages = api.companies[':company'].webhooks[':webhook'];

/** What a webhook was told, and how that went. */
export function WebhookMessages(of: { readonly company: string; readonly webhook: string }) {
  const { t, i18n } = useTranslation();
  const param = { company: of.company, webhook: of.webhook };
  const found = useInfiniteQuery({
    queryKey: ['company', of.company, 'webhooks', i18n.language, of.webhook],
    initialPageParam: '',
    queryFn: ({ pageParam }) => {
      const query = pageParam === '' ? {} : { before: pageParam };
      return answer(messages.messages.$get({ param, query }));
    },
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state }) => {
      const newest = state.data?.pages[0]?.messages ?? [];
      const waiting = newest.filter((one) => one.state === 'waiting');
      if (waiting.length === 0) return false;
      return waiting.some(({ trouble }) => trouble === null) ? SOON_MS : LATER_MS;
    },
  });
  const replaying = useMutation({
    mutationFn: (ids: string[] | 'failed') => {
      return answer(messages.replay.$post({ param, json: { messages: ids } }));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['company', of.company, 'webhooks'] }),
  });
  const all = found.data?.pages.flatMap((page) => page.messages) ?? [];
  if (found.isPending) return <Loading />;
  if (found.error !== null) return <Failed error={found.error} />;
  if (all.length === 0) return <Empty says={t('webhooks.toldNothing')} />;
  return (
    <>
      <Table
        label={t('webhooks.messages')}
        heads={[
          { text: t('audit.when') },
          { text: t('webhooks.event') },
          { text: t('webhooks.how') },
          { text: t('webhooks.attempts'), isNumber: true, isWide: true },
          { text: '' },
        ]}
      >
        {all.map((one) => (
          <Row
            key={one.id}
            company={of.company}
            of={one}
            replay={() => replaying.mutate([one.id])}
          />
        ))}
      </Table>
      <div className="between start">
        {found.hasNextPage ? (
          <Button size="xs" variant="default" onClick={() => void found.fetchNextPage()}>
            {t('audit.more')}
          </Button>
        ) : null}
        {all.some(({ state }) => state === 'failed') ? (
          <Button size="xs" variant="default" onClick={() => replaying.mutate('failed')}>
            {t('webhooks.replayFailed')}
          </Button>
        ) : null}
        <span role="status" className="small">
          {replaying.isSuccess ? t('webhooks.replayed', { count: replaying.data.sent }) : ''}
        </span>
        {replaying.error === null ? null : <span role="alert">{replaying.error.message}</span>}
      </div>
    </>
  );
}

function Row(of: {
  readonly company: string;
  readonly of: WebhookMessage;
  readonly replay: () => void;
}) {
  const { t } = useTranslation();
  const { id, atMs, event, state, attempts, trouble, status, dueAtMs, document } = of.of;
  return (
    <tr>
      <td style={{ whiteSpace: 'nowrap' }}>{timeText(atMs)}</td>
      <td>
        <code className="small">{event}</code>{' '}
        {document === null ? null : (
          <Link
            to="/c/$company/documents/$document"
            params={{ company: of.company, document }}
            className="small"
          >
            {t('webhooks.document', { number: document })}
          </Link>
        )}
      </td>
      <td>
        <span className={`pill ${TONES[state]}`}>{t(`webhooks.${state}`)}</span>{' '}
        <span className="quiet small">
          {[
            trouble ?? (status === null ? '' : String(status)),
            trouble === null || dueAtMs === null
              ? ''
              : t('webhooks.again', { time: timeText(dueAtMs) }),
          ]
            .filter((text) => text !== '')
            .join(' ')}
        </span>
      </td>
      <td className="num wide-only">{attempts}</td>
      <td>
        <Button
          size="xs"
          variant="default"
          aria-label={`${t('webhooks.replay')}: ${event} ${id}`}
          onClick={of.replay}
        >
          {t('webhooks.replay')}
        </Button>
      </td>
    </tr>
  );
}
