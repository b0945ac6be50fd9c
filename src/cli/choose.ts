import type { Hub } from '../hub/hub.ts';
import {
  listCompanies,
  listConnections,
  listFlows,
  listReturns,
  type Company,
  type Connection,
  type Flow,
} from '../store/registry.ts';
import { CommandError } from './context.ts';

/** The company a command is about: the named one, or the only one there is. */
export async function chooseCompany(hub: Hub, name: string | undefined): Promise<Company> {
  const companies = await listCompanies(hub.database.db);
  const names = companies.map((company) => `“${company.name}”`).join(', ');
  if (name === undefined) {
    const [only, ...others] = companies;
    if (only === undefined) {
      throw new CommandError('There is no company yet. Add one: bokbro company add NAME');
    }
    if (others.length > 0) throw new CommandError(`Which company? --company ${names}`);
    return only;
  }
  const found = companies.find((company) => company.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  throw new CommandError(`There is no company “${name}”. There are: ${names || 'none'}`);
}

/** A company's connection by its name, or by its connector when it has one of that kind. */
export async function chooseConnection(
  hub: Hub,
  company: Company,
  name: string,
): Promise<Connection> {
  const all = await listConnections(hub.database.db, company.id);
  const named = all.find((connection) => connection.name === name);
  if (named !== undefined) return named;
  const [first, ...others] = all.filter((connection) => connection.connector === name);
  if (first !== undefined && others.length === 0) return first;
  const names = all.map((connection) => connection.name).join(', ') || 'none';
  if (first === undefined) {
    throw new CommandError(
      `${company.name} has no connection “${name}” (it has: ${names}). ` +
        `Add it: bokbro connect ${name} --company "${company.name}"`,
    );
  }
  throw new CommandError(`Which of the connections: ${names}?`);
}

/** Which flow is meant, by the names of its connections. */
export type FlowEnds = {
  readonly source?: string | undefined;
  readonly target?: string | undefined;
};

/** The company's flows between these connections. At least one. */
export async function chooseFlows(
  hub: Hub,
  company: Company,
  { source, target }: FlowEnds,
): Promise<readonly Flow[]> {
  const from = source === undefined ? null : await chooseConnection(hub, company, source);
  const to = target === undefined ? null : await chooseConnection(hub, company, target);
  // What goes back is meant only when both ends are named.
  const isNamed = from !== null && to !== null;
  const { db } = hub.database;
  const back = isNamed ? await listReturns(db, company.id) : [];
  const flows = [...(await listFlows(db, company.id)), ...back].filter(
    (f) => (from?.id ?? f.source.id) === f.source.id && (to?.id ?? f.target.id) === f.target.id,
  );
  if (flows.length > 0) return flows;
  const between = [from?.name ?? 'SOURCE', to?.name ?? 'TARGET'].join(' ');
  throw new CommandError(`${company.name} has no such flow. Add it: bokbro flow add ${between}`);
}

/** The one flow between these connections. `how` says how another command line names them. */
export async function chooseFlow(
  hub: Hub,
  company: Company,
  ends: FlowEnds & { readonly how: string },
): Promise<Flow> {
  const [flow, ...others] = await chooseFlows(hub, company, ends);
  if (flow !== undefined && others.length === 0) return flow;
  const names = [flow, ...others].map((f) => `${f?.source.name} → ${f?.target.name}`).join(', ');
  throw new CommandError(`Which flow: ${names}? ${ends.how}`);
}
