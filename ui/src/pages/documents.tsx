import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Documents, type State } from '../api.ts';
import { amountText, dayText } from '../format.ts';
import { i18n } from '../language.ts';
import { StatePill, useKind } from '../parts/pill.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';

type Row = Documents['documents'][number];

const ROW_PX = 34;
const TYPING_MS = 300;
const FROM = '/shell/c/$company/documents';
const documents = api.companies[':company'].documents;

/** All that came in: rows are drawn where one looks, pages fetched as one gets there. */
export function DocumentsPage() {
  const { t } = useTranslation();
  const { company } = useParams({ from: FROM });
  const search = useSearch({ from: FROM });
  const found = useInfiniteQuery({
    queryKey: ['company', company, 'documents', i18n.language, search],
    initialPageParam: '',
    queryFn: ({ pageParam }) => {
      const before = pageParam === '' ? {} : { before: pageParam };
      const query = { ...search, ...before, limit: '100' };
      return answer(documents.$get({ param: { company }, query }));
    },
    getNextPageParam: ({ next }) => next,
  });
  const rows = found.data?.pages.flatMap((page) => page.documents) ?? [];
  const { total = null, isLeast = false } = found.data?.pages[0] ?? {};
  const isFiltered = Object.keys(search).length > 0;
  return (
    <>
      <div className="page-head">
        <h1>{t('documents.title')}</h1>
        <span className="quiet" role="status">
          {total === null
            ? ''
            : t(isLeast ? 'documents.countLeast' : 'documents.count', { count: total })}
        </span>
      </div>
      <Filters company={company} />
      <section className="panel" style={{ marginTop: '0.75rem' }}>
        {found.error !== null && rows.length === 0 ? (
          <Failed error={found.error} again={() => void found.refetch()} />
        ) : null}
        {found.isPending ? <Loading /> : null}
        {found.isSuccess && rows.length === 0 ? (
          <Empty says={t(isFiltered ? 'documents.noMatch' : 'documents.empty')} />
        ) : null}
        {rows.length > 0 ? (
          <Rows
            company={company}
            rows={rows}
            total={isLeast ? null : (total ?? rows.length)}
            more={found.hasNextPage && !found.isFetchingNextPage ? found.fetchNextPage : null}
          />
        ) : null}
      </section>
    </>
  );
}

const STATES = [
  ...(['held', 'review', 'pending', 'gathering', 'waiting', 'sending', 'in doubt'] as const),
  ...(['done', 'skipped'] as const),
] as const;
const KINDS = [
  ...['day-report', 'ready-voucher', 'credit-purchases', 'supplier-invoice'],
  ...['account-statement', 'order', 'refund', 'sales-day', 'payout', 'sales-invoice', 'quote'],
  'customer-entry',
  ...['customer', 'article', 'order-news', 'article-cards', 'stock-balance'],
];

function Filters({ company }: { readonly company: string }) {
  const { t } = useTranslation();
  const kind = useKind();
  const navigate = useNavigate();
  const search = useSearch({ from: FROM });
  const [text, setText] = useState(search.q ?? '');
  const set = (name: keyof typeof search, value: string): void => {
    const { [name]: _before, ...others } = search;
    const next = value === '' ? others : { ...others, [name]: value };
    void navigate({ to: '/c/$company/documents', params: { company }, search: next });
  };
  const find = useDebouncedCallback((value: string) => set('q', value), TYPING_MS);
  const clear = (): void => {
    setText('');
    void navigate({ to: '/c/$company/documents', params: { company }, search: {} });
  };
  const any = { value: '', label: t('documents.any') };
  return (
    <search style={{ display: 'flex', flexWrap: 'wrap', gap: '0.6rem', alignItems: 'end' }}>
      <TextInput
        size="xs"
        type="search"
        label={t('app.search')}
        placeholder={t('documents.find')}
        style={{ flex: '1 1 12rem' }}
        value={text}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          find(currentTarget.value);
        }}
      />
      <NativeSelect
        size="xs"
        label={t('documents.state')}
        value={search.state ?? ''}
        data={[
          any,
          ...STATES.map((value) => ({ value, label: t(`state.${value}`) })),
          ...severalStates(search.state, (state) => t(`state.${state}`)),
        ]}
        onChange={({ currentTarget }) => set('state', currentTarget.value)}
      />
      <NativeSelect
        size="xs"
        label={t('documents.kind')}
        value={search.kind ?? ''}
        data={[any, ...KINDS.map((value) => ({ value, label: kind(value) }))]}
        onChange={({ currentTarget }) => set('kind', currentTarget.value)}
      />
      {(['from', 'to'] as const).map((end) => (
        <TextInput
          key={end}
          size="xs"
          type="date"
          label={t(`documents.${end}`)}
          value={search[end] ?? ''}
          onChange={({ currentTarget }) => set(end, currentTarget.value)}
        />
      ))}
      {Object.keys(search).length > 0 ? (
        <Button size="xs" variant="default" onClick={clear}>
          {t('documents.clear')}
        </Button>
      ) : null}
    </search>
  );
}

/** Several states at once, as another page's link has them, are a choice of their own. */
function severalStates(state: string | undefined, name: (state: State) => string) {
  const several = (state ?? '').split(',');
  if (several.length < 2 || state === undefined) return [];
  return [{ value: state, label: several.map((one) => name(one as State)).join(', ') }];
}

function Rows(of: {
  readonly company: string;
  readonly rows: readonly Row[];
  /** null: not known. */
  readonly total: number | null;
  readonly more: (() => unknown) | null;
}) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: of.rows.length,
    getScrollElement: () => place.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const drawn = virtual.getVirtualItems();
  const last = drawn.at(-1)?.index ?? 0;
  const { more } = of;
  useEffect(() => {
    if (last >= of.rows.length - 30) more?.();
  }, [last, more, of.rows.length]);
  return (
    <div
      className="rows"
      ref={place}
      role="table"
      aria-label={t('documents.title')}
      aria-rowcount={of.total === null ? -1 : of.total + 1}
      tabIndex={0}
    >
      <div role="rowgroup" style={{ position: 'sticky', top: 0, zIndex: 1 }}>
        <div className="row head" role="row" aria-rowindex={1}>
          <span role="columnheader">{t('documents.date')}</span>
          <span role="columnheader">{t('documents.document')}</span>
          <span role="columnheader">{t('documents.kind')}</span>
          <span role="columnheader" className="num">
            {t('documents.amount')}
          </span>
          <span role="columnheader">{t('documents.state')}</span>
          <span role="columnheader">{t('documents.voucher')}</span>
        </div>
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {drawn.map(({ index, start }) => {
          const row = of.rows[index];
          if (row === undefined) return null;
          return (
            <div
              key={row.id}
              role="row"
              aria-rowindex={index + 2}
              className="row item"
              style={{
                ...{ position: 'absolute', top: 0, left: 0, width: '100%', height: ROW_PX },
                transform: `translateY(${start}px)`,
              }}
            >
              <DocumentCells company={of.company} row={row} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function DocumentCells({ company, row }: { readonly company: string; readonly row: Row }) {
  const kind = useKind();
  return (
    <>
      <span role="cell">{dayText(row.date)}</span>
      <span role="cell">
        <Link to="/c/$company/documents/$document" params={{ company, document: row.id }}>
          {row.name}
          {row.version > 1 ? ` v${row.version}` : ''}
        </Link>
      </span>
      <span role="cell" className="quiet">
        {kind(row.kind)}
      </span>
      <span role="cell" className="num">
        {row.amount === null ? '' : amountText(row.amount.minor)}
      </span>
      <span role="cell">
        <StatePill state={row.state} />
      </span>
      <span role="cell">{row.label}</span>
    </>
  );
}
