import { keepPreviousData, QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api, ApiError, type Right } from './api.ts';
import { i18n } from './language.ts';

const STARTING = 503;
const TRIES_MAX = 3;
/** A hub that starts makes its database ready first. */
const STARTING_TRIES_MAX = 60;

/** What has been fetched. The hub says what has changed; nothing is fetched again for itself. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: true,
      retryDelay: (tries) => Math.min(500 * 2 ** tries, 3_000),
      retry: (tries, error) => {
        if (!(error instanceof ApiError)) return tries < TRIES_MAX;
        if (error.status === STARTING) return tries < STARTING_TRIES_MAX;
        return error.status >= 500 && tries < TRIES_MAX;
      },
    },
  },
});

/** Sentences come in the reader's language: a new language is a new question. */
const said = () => i18n.language;

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => answer(api.me.$get()),
});

export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: () => answer(api.account.$get()),
});

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: () => answer(api.people.$get()),
});

export const firmSettingsQuery = queryOptions({
  queryKey: ['firm', 'settings'],
  queryFn: () => answer(api.firm.$get()),
});

export type People = Awaited<ReturnType<NonNullable<typeof peopleQuery.queryFn>>>;

export const firmQuery = () =>
  queryOptions({
    queryKey: ['firm'],
    queryFn: () => answer(api.overview.$get()),
  });

const of = api.companies[':company'];

export const companyQuery = (company: string) =>
  queryOptions({
    queryKey: ['company', company, 'overview', said()],
    queryFn: () => answer(of.overview.$get({ param: { company } })),
  });

export const heldQuery = (company: string) =>
  queryOptions({
    queryKey: ['company', company, 'held', said()],
    queryFn: () => answer(of.held.$get({ param: { company }, query: { state: 'held' } })),
  });

/** What a table of what waits for approval is narrowed to. */
export type ReviewFilter = {
  readonly flow?: string;
  readonly kind?: string;
  readonly from?: string;
  readonly to?: string;
};

export const reviewQuery = (company: string, filter: ReviewFilter) =>
  queryOptions({
    queryKey: ['company', company, 'review', said(), filter],
    queryFn: () => answer(of.review.$get({ param: { company }, query: { ...filter } })),
    placeholderData: keepPreviousData,
  });

export const progressQuery = (company: string, ids: readonly string[]) =>
  queryOptions({
    queryKey: ['company', company, 'progress', ids],
    enabled: ids.length > 0,
    queryFn: () => answer(of.held.progress.$post({ param: { company }, json: { ids: [...ids] } })),
  });

/** Accounts with their names: those of the company's own ledgers, where they have been read. */
export const accountsQuery = (company: string) =>
  queryOptions({
    queryKey: ['accounts', company],
    queryFn: async () => {
      const { accounts } = await answer(of.accounts.$get({ param: { company } }));
      return accounts;
    },
  });

export const heldOneQuery = (company: string, delivery: string) =>
  queryOptions({
    queryKey: ['company', company, 'held', said(), delivery],
    queryFn: () => answer(of.held[':delivery'].$get({ param: { company, delivery } })),
  });

export const documentQuery = (company: string, document: string) =>
  queryOptions({
    queryKey: ['company', company, 'document', said(), document],
    queryFn: () => answer(of.documents[':document'].$get({ param: { company, document } })),
  });

export const rawQuery = (company: string, document: string) =>
  queryOptions({
    queryKey: ['raw', company, document],
    staleTime: Infinity,
    queryFn: () => answer(of.documents[':document'].raw.$get({ param: { company, document } })),
  });

export const connectionsQuery = (company: string) =>
  queryOptions({
    queryKey: ['company', company, 'connections', said()],
    queryFn: () => answer(of.connections.$get({ param: { company } })),
  });

export const reconciliationsQuery = (company: string) =>
  queryOptions({
    queryKey: ['company', company, 'reconciliations', said()],
    queryFn: () => answer(of.reconciliations.$get({ param: { company } })),
  });

export const reconciliationQuery = (company: string, reconciliation: string) =>
  queryOptions({
    queryKey: ['company', company, 'reconciliation', reconciliation, said()],
    queryFn: () =>
      answer(of.reconciliations[':reconciliation'].$get({ param: { company, reconciliation } })),
    // It stays as it was made.
    staleTime: Infinity,
  });

export const reconciliationPartsQuery = (
  company: string,
  of_: { readonly reconciliation: string; readonly day: string; readonly what: string },
) =>
  queryOptions({
    queryKey: ['company', company, 'reconciliation', of_, said()],
    queryFn: () => {
      const { reconciliation, ...query } = of_;
      const { parts } = of.reconciliations[':reconciliation'];
      return answer(parts.$get({ param: { company, reconciliation }, query }));
    },
  });

export const systemsQuery = (company: string) =>
  queryOptions({
    queryKey: ['systems', company, said()],
    queryFn: () => answer(of.systems.$get({ param: { company } })),
  });

export const connectionQuery = (company: string, connection: string) =>
  queryOptions({
    queryKey: ['company', company, 'connections', said(), connection],
    queryFn: () => answer(of.connections[':connection'].$get({ param: { company, connection } })),
  });

export const flowsQuery = (company: string) =>
  queryOptions({
    queryKey: ['company', company, 'flows', said()],
    queryFn: () => answer(of.flows.$get({ param: { company } })),
  });

export const chartsQuery = (company: string) =>
  queryOptions({
    queryKey: ['company', company, 'charts', said()],
    queryFn: () => answer(of.charts.$get({ param: { company } })),
  });

export const documentationQuery = (company: string) =>
  queryOptions({
    queryKey: ['company', company, 'documentation', said()],
    queryFn: () => answer(of['system-documentation'].$get({ param: { company } })),
  });

export const schedulesQuery = (company: string) =>
  queryOptions({
    queryKey: ['company', company, 'schedules', said()],
    queryFn: () => answer(of.schedules.$get({ param: { company } })),
  });

export const balancesQuery = (company: string) =>
  queryOptions({
    queryKey: ['company', company, 'balances', said()],
    queryFn: () => answer(of.balances.$get({ param: { company } })),
  });

export const closedDaysQuery = (company: string) =>
  queryOptions({
    queryKey: ['company', company, 'closed-days'],
    queryFn: () => answer(of['closed-days'].$get({ param: { company } })),
  });

export const detailsQuery = (company: string) =>
  queryOptions({
    queryKey: ['company', company, 'details'],
    queryFn: () => answer(of.details.$get({ param: { company } })),
  });

/** The form is the same for as long as the page is open; the chart is that of a moment ago. */
export const flowTermsQuery = (company: string, connection: string) =>
  queryOptions({
    queryKey: ['flow-terms', company, connection, said()],
    queryFn: () => answer(of['flow-terms'][':connection'].$get({ param: { company, connection } })),
  });

/** What somebody may do in a company. */
export function useRights(company: string): readonly Right[] {
  return useQuery(meQuery).data?.companies.find(({ id }) => id === company)?.rights ?? [];
}

export const keysQuery = (company: string) =>
  queryOptions({
    queryKey: ['company', company, 'keys'],
    queryFn: () => answer(of.keys.$get({ param: { company } })),
  });

export const webhooksQuery = (company: string) =>
  queryOptions({
    queryKey: ['company', company, 'webhooks', said()],
    queryFn: () => answer(of.webhooks.$get({ param: { company } })),
  });
