import { QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
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
    queryFn: () => answer(of.held.$get({ param: { company } })),
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
    queryKey: ['company', company, 'connections'],
    queryFn: () => answer(of.connections.$get({ param: { company } })),
  });

export const reconciliationsQuery = (company: string) =>
  queryOptions({
    queryKey: ['company', company, 'reconciliations'],
    queryFn: () => answer(of.reconciliations.$get({ param: { company } })),
  });

export const systemsQuery = (company: string) =>
  queryOptions({
    queryKey: ['systems', company],
    queryFn: () => answer(of.systems.$get({ param: { company } })),
  });

export const connectionQuery = (company: string, connection: string) =>
  queryOptions({
    queryKey: ['company', company, 'connections', said(), connection],
    queryFn: () => answer(of.connections[':connection'].$get({ param: { company, connection } })),
  });

export const flowsQuery = (company: string) =>
  queryOptions({
    queryKey: ['company', company, 'flows'],
    queryFn: () => answer(of.flows.$get({ param: { company } })),
  });

export const chartsQuery = (company: string) =>
  queryOptions({
    queryKey: ['company', company, 'charts'],
    queryFn: () => answer(of.charts.$get({ param: { company } })),
  });

export const documentationQuery = (company: string) =>
  queryOptions({
    queryKey: ['company', company, 'documentation'],
    queryFn: () => answer(of['system-documentation'].$get({ param: { company } })),
  });

export const schedulesQuery = (company: string) =>
  queryOptions({
    queryKey: ['company', company, 'schedules', said()],
    queryFn: () => answer(of.schedules.$get({ param: { company } })),
  });

export const detailsQuery = (company: string) =>
  queryOptions({
    queryKey: ['company', company, 'details'],
    queryFn: () => answer(of.details.$get({ param: { company } })),
  });

/** The form is the same for as long as the page is open; the chart is that of a moment ago. */
export const flowTermsQuery = (company: string, connection: string) =>
  queryOptions({
    queryKey: ['flow-terms', company, connection],
    queryFn: () => answer(of['flow-terms'][':connection'].$get({ param: { company, connection } })),
  });

/** What somebody may do in a company. */
export function useRights(company: string): readonly Right[] {
  return useQuery(meQuery).data?.companies.find(({ id }) => id === company)?.rights ?? [];
}
