import { json, type Answer } from '../api/answer.ts';
import { idAt, type Call, type Route } from '../api/call.ts';
import { flagOf, has, textOf, type Fields } from '../api/fields.ts';
import { refuse } from '../api/refusal.ts';
import type { Gateway, ShippingMethod, ShippingZone } from '../shop/shop.ts';
import { CHANGEABLE, LASTING, linksOf } from './links.ts';

/** Ways to pay and ways to ship. None of these lists has pages. */
export const SELLING_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/payment_gateways',
    act: (call) => json(call.shop.gateways.map((gateway) => gatewayFields(call, gateway))),
  },
  {
    method: 'GET',
    path: '/payment_gateways/{id:}',
    act: (call) => json(gatewayFields(call, gatewayAt(call))),
  },
  { method: 'PUT', path: '/payment_gateways/{id:}', act: changeGateway },
  {
    method: 'GET',
    path: '/shipping/zones',
    act: (call) => json(call.shop.zones.map((zone) => zoneFields(call, zone))),
  },
  { method: 'GET', path: '/shipping/zones/{id}/methods', act: listMethods },
  { method: 'GET', path: '/shipping_methods', act: (call) => json(methodKinds(call)) },
];

function gatewayAt(call: Call): Gateway {
  const gateway = call.shop.gateways.find(({ id }) => id === call.params[0]);
  return (
    gateway ?? refuse(404, 'woocommerce_rest_payment_gateway_invalid', 'Resource does not exist.')
  );
}

function changeGateway(call: Call): Answer {
  const gateway = gatewayAt(call);
  if (has(call.body, 'title')) gateway.title = textOf(call.body, 'title');
  if (has(call.body, 'enabled')) gateway.enabled = flagOf(call.body, 'enabled');
  return json(gatewayFields(call, gateway));
}

function gatewayFields(call: Call, gateway: Gateway): Fields {
  const { id, title, enabled, supports } = gateway;
  return {
    id,
    title,
    description: '',
    order: '',
    enabled,
    method_title: title,
    method_description: '',
    method_supports: [...supports],
    settings: {
      title: setting('title', 'Title', title),
      // What a provider gave the shop in confidence stands here in the clear.
      ...(gateway.pays === 'transfer' || gateway.pays === 'on-delivery'
        ? { instructions: setting('instructions', 'Instructions', '') }
        : { secret_key: setting('secret_key', 'Secret key', `sk_live_${id}`) }),
    },
    needs_setup: false,
    post_install_scripts: [],
    settings_url: `${call.home}/wp-admin/admin.php?page=wc-settings&tab=checkout&section=${id}`,
    connection_url: null,
    setup_help_text: null,
    required_settings_keys: [],
    _links: linksOf({ api: call.api, collection: 'payment_gateways', id, allow: LASTING }),
  };
}

function setting(id: string, label: string, value: string): Fields {
  return {
    id,
    label,
    description: '',
    type: 'text',
    value,
    default: value,
    tip: '',
    placeholder: '',
  };
}

function zoneFields(call: Call, { id, name }: ShippingZone): Fields {
  return {
    id,
    name,
    order: id,
    _links: {
      ...linksOf({ api: call.api, collection: 'shipping/zones', id, allow: CHANGEABLE }),
      describedby: [{ href: `${call.api}/shipping/zones/${id}/locations` }],
    },
  };
}

function listMethods(call: Call): Answer {
  const zone = call.shop.zones.find(({ id }) => id === idAt(call));
  if (!zone) refuse(404, 'woocommerce_rest_shipping_zone_invalid', 'Resource does not exist.');
  return json(zone.methods.map((method, at) => methodFields(call, { zone, method, at })));
}

const KINDS: Readonly<Record<ShippingMethod['methodId'], string>> = {
  flat_rate: 'Flat rate',
  free_shipping: 'Free shipping',
  local_pickup: 'Local pickup',
};

type Offered = {
  readonly zone: ShippingZone;
  readonly method: ShippingMethod;
  readonly at: number;
};

/** `title` is the kind's; what customers read is in the settings. */
function methodFields(call: Call, { zone, method, at }: Offered): Fields {
  const { instanceId, methodId, title, cost, isTaxable } = method;
  const collection = `shipping/zones/${zone.id}/methods`;
  return {
    id: instanceId,
    instance_id: instanceId,
    title: KINDS[methodId],
    order: at + 1,
    enabled: true,
    method_id: methodId,
    method_title: KINDS[methodId],
    method_description: '',
    settings: {
      title: setting('title', 'Name', title),
      tax_status: setting('tax_status', 'Tax status', isTaxable ? 'taxable' : 'none'),
      ...(methodId === 'free_shipping' ? {} : { cost: setting('cost', 'Cost', cost) }),
    },
    _links: {
      ...linksOf({ api: call.api, collection, id: instanceId, allow: CHANGEABLE }),
      describes: [{ href: `${call.api}/shipping/zones/${zone.id}` }],
    },
  };
}

/** The checkout of blocks has a pick-up of its own, which stands in no zone. */
function methodKinds(call: Call): Fields[] {
  const kinds = { ...KINDS, pickup_location: 'Local pickup' };
  return Object.entries(kinds).map(([id, title]) => ({
    id,
    title,
    description: '',
    _links: linksOf({ api: call.api, collection: 'shipping_methods', id, allow: ['GET'] }),
  }));
}
