import { z } from 'zod';

/**
 * The scopes that vouchers, their files and the health card need, and no other: Fortnox refuses a
 * consent as a whole when the app lacks one of them.
 */
const SCOPES = [
  'bookkeeping',
  'companyinformation',
  'settings',
  'inbox',
  'connectfile',
  'costcenter',
  'project',
] as const;

/** What a Fortnox connection is set up with. The descriptions are the help of the form. */
export const FORTNOX_SETTINGS = z.object({
  clientId: z.string().min(1).describe('Client id of your integration, from the developer portal'),
  login: z
    .enum(['client-credentials', 'authorization-code'])
    .default('client-credentials')
    .describe('How the hub logs in after consent; client credentials need no refresh token'),
  tenantId: z
    .string()
    .default('')
    .describe('Database number of the company; filled in by the consent'),
  series: z
    .string()
    .default('A')
    .describe('Voucher series for documents whose flow names none; it must be manual'),
  scopes: z
    .array(z.string())
    .default([...SCOPES])
    .describe('Rights to ask for'),
  vatRounding: z
    .enum(['per-rate', 'per-row'])
    .default('per-rate')
    .describe("How Fortnox rounds the VAT of an invoice; change it when invoices' VAT differs"),
  apiUrl: z.url().default('https://api.fortnox.se').describe('Only changed for tests'),
  authUrl: z.url().default('https://apps.fortnox.se').describe('Only changed for tests'),
});

export type FortnoxSettings = z.infer<typeof FORTNOX_SETTINGS>;
