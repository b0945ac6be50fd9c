import type { TripletexClient } from './client.ts';
import type { Registers } from './registers.ts';

/** A connection that is open: the company's API, and what is known of its registers. */
export type Session = { readonly client: TripletexClient; readonly registers: Registers };
