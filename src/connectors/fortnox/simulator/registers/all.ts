import { ARTICLES } from './articles.ts';
import { CUSTOMERS } from './customers.ts';
import { PLAIN_REGISTERS } from './plain.ts';
import type { Register } from './register.ts';
import { SUPPLIERS } from './suppliers.ts';

export const REGISTERS: readonly Register[] = [...PLAIN_REGISTERS, CUSTOMERS, ARTICLES, SUPPLIERS];
