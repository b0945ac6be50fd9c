/**
 * What can be subscribed to: the vendor's list of events, and `closeGroup.create`, which its
 * changelog tells of. Those of deletions carry no object.
 */
const OBJECTS: Readonly<Record<string, string>> = {
  order: 'Order',
  product: 'Product',
  voucher: 'Voucher',
  project: 'Project',
  customer: 'Customer',
  supplier: 'Supplier',
};

export type EventKind = { readonly name: string; readonly model: string; readonly text: string };

export const EVENTS: readonly EventKind[] = [
  { name: 'invoice.charged', model: 'Invoice', text: 'Invoice charged' },
  { name: 'closeGroup.create', model: 'CloseGroup', text: 'Close group created' },
  ...Object.entries(OBJECTS).flatMap(([object, model]) =>
    (['create', 'update', 'delete'] as const).map((verb) => ({
      name: `${object}.${verb}`,
      model,
      text: `${model} ${verb}d`,
    })),
  ),
];

const BY_NAME = new Map(EVENTS.map((event) => [event.name, event]));

export function eventKind(name: string): EventKind | null {
  return BY_NAME.get(name) ?? null;
}
