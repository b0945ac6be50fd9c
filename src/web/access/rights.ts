import type { Membership, Role } from '../../store/people.ts';

/**
 * What can be allowed in a company.
 *
 * - `read`: everything of it but secrets.
 * - `approve`: let go what waits for approval as it stands.
 * - `settle`: decide about what is held.
 * - `import`: give it files.
 * - `connect`: test and change its connections.
 * - `manage`: its people, and the audit trail.
 */
export const RIGHTS = ['read', 'approve', 'settle', 'import', 'connect', 'manage'] as const;

/** Something that can be allowed in a company. */
export type Right = (typeof RIGHTS)[number];

const OF_ROLE: Readonly<Record<Role, readonly Right[]>> = {
  owner: RIGHTS,
  bookkeeper: ['read', 'approve', 'settle', 'import'],
  approver: ['read', 'approve'],
  reader: ['read'],
  integrator: ['read', 'import', 'connect'],
};

/** What a person may do in a company; empty: for them it does not exist. */
export function rightsIn(memberships: readonly Membership[], companyId: string): readonly Right[] {
  const theirs = memberships.filter((one) => [null, companyId].includes(one.companyId));
  return RIGHTS.filter((right) => theirs.some(({ role }) => OF_ROLE[role].includes(right)));
}

/** What a person may do for the whole firm. */
export function rightsInFirm(memberships: readonly Membership[]): readonly Right[] {
  const theirs = memberships.filter(({ companyId }) => companyId === null);
  return RIGHTS.filter((right) => theirs.some(({ role }) => OF_ROLE[role].includes(right)));
}
