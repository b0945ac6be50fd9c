import { json, type Answer } from '../api/answer.ts';
import { type Call, type Route } from '../api/call.ts';
import { textOf, type Fields } from '../api/fields.ts';
import { badChoice } from '../api/listing.ts';
import { invalidParameters, refuse } from '../api/refusal.ts';
import { optionOf, OPTIONS, type OptionShape } from '../shop/options.ts';
import { LASTING, linksOf } from './links.ts';

export const SETTING_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/settings', act: listGroups },
  { method: 'GET', path: '/settings/{group:}', act: listGroup },
  {
    method: 'GET',
    path: '/settings/{group:}/{id:}',
    act: (call) => json(write(call, optionAt(call))),
  },
  { method: 'PUT', path: '/settings/{group:}/{id:}', act: change },
];

const GROUPS: Readonly<Record<string, string>> = {
  general: 'General',
  products: 'Products',
  tax: 'Tax',
  account: 'Accounts &amp; Privacy',
};

function listGroups(call: Call): Answer {
  return json(
    Object.entries(GROUPS).map(([id, label]) => ({
      id,
      label,
      description: '',
      parent_id: '',
      sub_groups: [],
      _links: { options: [{ href: `${call.api}/settings/${id}` }] },
    })),
  );
}

function listGroup(call: Call): Answer {
  const options = OPTIONS.filter(({ group }) => group === groupAt(call));
  return json(options.map((option) => write(call, option)));
}

function groupAt(call: Call): string {
  const group = call.params[0] ?? '';
  if (Object.hasOwn(GROUPS, group)) return group;
  return refuse(404, 'rest_setting_setting_group_invalid', 'Invalid setting group.');
}

function optionAt(call: Call): OptionShape {
  const group = groupAt(call);
  const option = OPTIONS.find((one) => one.group === group && one.id === call.params[1]);
  return option ?? refuse(404, 'rest_setting_setting_invalid', 'Invalid setting.');
}

/** Orders that are there keep what they were reckoned to; their next saving reckons anew. */
function change(call: Call): Answer {
  const option = optionAt(call);
  const value = textOf(call.body, 'value');
  const bad = option.values ? badChoice('value', value, option.values) : null;
  if (bad) throw invalidParameters([bad]);
  call.shop.options.set(option.id, value);
  return json(write(call, option));
}

function write(call: Call, option: OptionShape): Fields {
  const { id, label, type, values } = option;
  return {
    id,
    label,
    description: '',
    type,
    default: option.default,
    ...(values && type !== 'checkbox'
      ? { options: Object.fromEntries(values.map((value) => [value, value])) }
      : {}),
    tip: '',
    value: optionOf(call.shop, id),
    _links: linksOf({
      api: call.api,
      collection: `settings/${option.group}`,
      id,
      allow: LASTING,
    }),
  };
}
