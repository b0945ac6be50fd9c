import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { answer, api, ApiError } from './api.ts';
import { Failed, Loading } from './parts/states.tsx';
import { meQuery, queries } from './queries.ts';
import { Shell } from './shell.tsx';

const root = createRootRoute({ component: Outlet, notFoundComponent: () => <Failed notFound /> });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./pages/sign-in.tsx'), 'SignIn'),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./pages/setup.tsx'), 'Setup'),
});

const join = createRoute({
  getParentRoute: () => root,
  path: '/join',
  component: lazyRouteComponent(() => import('./pages/join.tsx'), 'Join'),
});

const STARTING_MS = 1_500;

/** Everything but sign-in is for who has signed in. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ location }) => {
    try {
      return { me: await queries.ensureQueryData(meQuery) };
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      const { needsFirst } = await answer(api.setup.$get());
      // eslint-disable-next-line typescript/only-throw-error -- how the router is told to go on
      throw redirect(
        needsFirst ? { to: '/setup' } : { to: '/sign-in', search: { to: location.href } as never },
      );
    }
  },
});

const firm = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/firm.tsx'), 'Firm'),
});

const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: lazyRouteComponent(() => import('./pages/account.tsx'), 'AccountPage'),
});

const people = createRoute({
  getParentRoute: () => shell,
  path: '/people',
  component: lazyRouteComponent(() => import('./pages/people.tsx'), 'PeoplePage'),
});

const firmSettings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => import('./pages/firm-settings.tsx'), 'FirmSettingsPage'),
});

const firstRun = createRoute({
  getParentRoute: () => shell,
  path: '/companies/new',
  component: lazyRouteComponent(() => import('./pages/first-run.tsx'), 'FirstRun'),
});

const company = createRoute({ getParentRoute: () => shell, path: '/c/$company' });

const overview = createRoute({
  getParentRoute: () => company,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/overview.tsx'), 'Overview'),
});

const held = createRoute({
  getParentRoute: () => company,
  path: '/held',
  validateSearch: texts('delivery'),
  component: lazyRouteComponent(() => import('./pages/held.tsx'), 'HeldPage'),
});

const review = createRoute({
  getParentRoute: () => company,
  path: '/held/review',
  validateSearch: texts('flow', 'kind', 'from', 'to'),
  component: lazyRouteComponent(() => import('./pages/review.tsx'), 'ReviewPage'),
});

const documents = createRoute({
  getParentRoute: () => company,
  path: '/documents',
  validateSearch: texts('q', 'state', 'kind', 'from', 'to', 'file', 'connection'),
  component: lazyRouteComponent(() => import('./pages/documents.tsx'), 'DocumentsPage'),
});

const document = createRoute({
  getParentRoute: () => company,
  path: '/documents/$document',
  component: lazyRouteComponent(() => import('./pages/document.tsx'), 'DocumentPage'),
});

const imports = createRoute({
  getParentRoute: () => company,
  path: '/import',
  component: lazyRouteComponent(() => import('./pages/import.tsx'), 'ImportPage'),
});

const reconcile = createRoute({
  getParentRoute: () => company,
  path: '/reconcile',
  validateSearch: texts('made', 'day', 'what'),
  component: lazyRouteComponent(() => import('./pages/reconcile.tsx'), 'ReconcilePage'),
});

const connections = createRoute({
  getParentRoute: () => company,
  path: '/connections',
  component: lazyRouteComponent(() => import('./pages/connections.tsx'), 'ConnectionsPage'),
});

const connect = createRoute({
  getParentRoute: () => company,
  path: '/connections/new',
  component: lazyRouteComponent(() => import('./pages/connect.tsx'), 'ConnectPage'),
});

const connection = createRoute({
  getParentRoute: () => company,
  path: '/connections/$connection',
  validateSearch: texts('consent'),
  component: lazyRouteComponent(() => import('./pages/connection.tsx'), 'ConnectionPage'),
});

const flows = createRoute({
  getParentRoute: () => company,
  path: '/flows',
  component: lazyRouteComponent(() => import('./pages/flows.tsx'), 'FlowsPage'),
});

const newFlow = createRoute({
  getParentRoute: () => company,
  path: '/flows/new',
  validateSearch: texts('source', 'target'),
  component: lazyRouteComponent(() => import('./pages/flow.tsx'), 'NewFlowPage'),
});

const flow = createRoute({
  getParentRoute: () => company,
  path: '/flows/$flow',
  component: lazyRouteComponent(() => import('./pages/flow.tsx'), 'FlowPage'),
});

const schedules = createRoute({
  getParentRoute: () => company,
  path: '/schedules',
  component: lazyRouteComponent(() => import('./pages/schedules.tsx'), 'SchedulesPage'),
});

const settings = createRoute({
  getParentRoute: () => company,
  path: '/settings',
  component: lazyRouteComponent(() => import('./pages/settings.tsx'), 'SettingsPage'),
});

const documentation = createRoute({
  getParentRoute: () => company,
  path: '/documentation',
  component: lazyRouteComponent(() => import('./pages/documentation.tsx'), 'DocumentationPage'),
});

const keys = createRoute({
  getParentRoute: () => company,
  path: '/settings/keys',
  component: lazyRouteComponent(() => import('./pages/keys.tsx'), 'KeysPage'),
});

const webhooks = createRoute({
  getParentRoute: () => company,
  path: '/settings/webhooks',
  component: lazyRouteComponent(() => import('./pages/webhooks.tsx'), 'WebhooksPage'),
});

const audit = createRoute({
  getParentRoute: () => company,
  path: '/audit',
  component: lazyRouteComponent(() => import('./pages/audit.tsx'), 'AuditPage'),
});

const pages = [
  ...[overview, held, review, documents, document, imports, reconcile, audit],
  ...[connections, connect, connection, flows, newFlow, flow, documentation, schedules, settings],
  ...[keys, webhooks],
];

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    setup,
    join,
    shell.addChildren([
      ...[firm, firmSettings, firstRun, account, people],
      company.addChildren(pages),
    ]),
  ]),
  defaultPreload: 'intent',
  defaultPendingComponent: Loading,
  defaultPendingMs: STARTING_MS,
  defaultErrorComponent: ({ error, reset }) => <Failed error={error} again={reset} />,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/** Search parameters that are texts; an empty one is none. */
function texts<Name extends string>(...names: readonly Name[]) {
  return (search: Record<string, unknown>): { [K in Name]?: string } => {
    const given = names.flatMap((name) => {
      const value = search[name];
      if (value === undefined || value === null || value === '') return [];
      return typeof value === 'object' ? [] : [[name, asText(value)] as const];
    });
    return Object.fromEntries(given) as { [K in Name]?: string };
  };
}

/** The router reads `?state=12` as a number. */
function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
