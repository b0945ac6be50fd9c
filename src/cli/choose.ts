import type { Hub } from '../hub/hub.ts';
import {
  listCompanies,
  listConnections,
  listFlows,
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

/** The flow that a source connection feeds. */
export async function chooseFlow(hub: Hub, company: Company, sourceId?: string): Promise<Flow> {
  const flows = await listFlows(hub.database.db, company.id);
  const [flow, ...others] = flows.filter((f) => sourceId === undefined || f.source.id === sourceId);
  if (flow === undefined) {
    throw new CommandError(
      `${company.name} has no flow yet. Add one: bokbro flow add SOURCE TARGET`,
    );
  }
  if (others.length > 0) {
    const names = flows.map((f) => `${f.source.name} → ${f.target.name}`).join(', ');
    throw new CommandError(`Which flow? --from SOURCE; there are: ${names}`);
  }
  return flow;
}
