/** Objects that one call changes. */
const BATCH = 100;

/** `product:10` has none; `variation:18/19` has 18. */
export function parentOf(place: string): string {
  return place.startsWith('variation:')
    ? (place.slice('variation:'.length).split('/')[0] ?? '')
    : '';
}

export function idOf(place: string): string {
  return place.split(/[:/]/).at(-1) ?? '';
}

/** Where products lie, or the variations of one. */
export function pathOf(parent: string): string {
  return parent === '' ? '/products' : `/products/${parent}/variations`;
}

/** As many as one call takes, each. */
export function inBatches<T>(all: readonly T[], most = BATCH): readonly (readonly T[])[] {
  const count = Math.ceil(all.length / most);
  return Array.from({ length: count }, (_, i) => all.slice(i * most, (i + 1) * most));
}
