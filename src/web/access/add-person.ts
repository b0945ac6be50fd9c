import type { Accounts } from './accounts.ts';

/** What better-auth tells its own hooks: people are made by people, by no sign-up of its own. */
const NOT_BY_A_FORM = { method: 'admin' } as const;

/** Makes somebody who can sign in with a password. @returns their id */
export async function addPerson(
  accounts: Accounts,
  of: { readonly name: string; readonly email: string; readonly password: string },
): Promise<string> {
  const { internalAdapter, password } = await accounts.$context;
  const hash = await password.hash(of.password);
  const person = { name: of.name, email: of.email.toLowerCase(), emailVerified: false };
  const { id } = await internalAdapter.createUser(person, NOT_BY_A_FORM);
  await internalAdapter.linkAccount({
    ...{ userId: id, accountId: id, providerId: 'credential', password: hash },
  });
  return id;
}
