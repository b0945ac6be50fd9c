import type { Chance } from '../../../../lib/stand-in/chance.ts';
import type { Choices } from '../choices.ts';
import type { StandInClock } from '../../../../lib/stand-in/clock.ts';
import type { Answer } from '../api/answer.ts';
import type { Scene, Shop } from '../shop/shop.ts';
import type { HookQueue } from '../webhooks/hook-queue.ts';
import type { Faults } from '../faults/fault.ts';

/** All that a running simulator is. */
export type World = {
  readonly shop: Shop;
  readonly clock: StandInClock;
  readonly chance: Chance;
  readonly faults: Faults;
  readonly hooks: HookQueue;
  readonly counts: Counts;
  /** What a cache before the shop remembers: answers by what was asked. */
  readonly cache: Map<string, Answer>;
  readonly approvals: Set<string>;
  /** Where the shop lies on its host: empty, or `/butik`. */
  readonly folder: string;
  /** `http://127.0.0.1:1234`, once it listens. */
  origin: string;
  choices: Choices;
};

/** Requests that were answered, by status; 0 stands for those without an answer. */
export type Counts = {
  calls: number;
  readonly statuses: Map<number, number>;
  /** By operation: `GET /orders`. */
  readonly routes: Map<string, number>;
};

/** A request as it was received. */
export type Received = {
  readonly method: string;
  readonly path: string;
  readonly query: ReadonlyMap<string, string>;
  /** As it stood in the first line. */
  readonly target: string;
  /** The value of a header; empty when it is absent. */
  readonly header: (name: string) => string;
  readonly body: string;
};

/** One host's answers, faults aside. */
export type Site = (received: Received) => Answer | Promise<Answer>;

export function homeOf(world: World): string {
  return `${world.origin}${world.folder}`;
}

/** Address of the API, as the shop itself gives it. */
export function apiOf(world: World): string {
  return world.choices.permalinks === 'pretty'
    ? `${homeOf(world)}/wp-json/wc/v3`
    : `${homeOf(world)}/index.php?rest_route=/wc/v3`;
}

export function sceneOf(world: World): Scene {
  const { shop, clock, chance, hooks } = world;
  return {
    shop,
    chance,
    nowMs: clock.nowMs(),
    raise: (topic, id) => hooks.raise(topic, id),
  };
}

export function count(world: World, status: number): void {
  const { counts } = world;
  counts.calls += 1;
  counts.statuses.set(status, (counts.statuses.get(status) ?? 0) + 1);
}
