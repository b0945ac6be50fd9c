import { change, put, remove, type Company } from '../company/company.ts';
import { entitiesOf } from '../company/company.ts';
import { show } from '../company/show.ts';
import { created, nothing, value, type Answer } from '../api/answer.ts';
import { checkVersion, findOne, readBody, shown, type Call, type Route } from '../api/call.ts';
import { answerList } from '../api/listing.ts';
import { readFilter } from '../wire/fields-filter.ts';
import { modelOf } from '../wire/models/all.ts';
import { readObject } from '../wire/read-object.ts';
import { isSet, textOf, type Fields, type Value } from '../wire/record.ts';
import { invalid, refuse, refuseProblems } from '../wire/refusals.ts';
import { eventKind, EVENTS } from '../webhooks/events.ts';
import { required } from './checks.ts';

/**
 * Subscriptions to events. The address must be HTTPS; here loopback may also be plain, since tests
 * listen there. Secrets go in and never come out.
 */
const SECRETS = ['authHeaderValue', 'hmacSharedSecret'];

function listEvents(): Answer {
  const kinds: Record<string, Value> = {};
  for (const { name, text } of EVENTS) kinds[name] = { description: text };
  return value(kinds);
}

/** An example of what is sent: the newest object there is. */
function showEvent(call: Call): Answer {
  const kind = eventKind(call.params[0] ?? '') ?? refuse('no-object');
  const newest = entitiesOf(call.company, kind.model).at(-1);
  const example = {
    subscriptionId: 1,
    event: kind.name,
    id: newest?.id ?? 1,
    value: newest === undefined ? null : show(call.company, newest),
  };
  const examples = [example];
  return value({
    name: kind.name,
    description: kind.text,
    payloadModel: kind.model,
    examples,
  });
}

function subscribe(call: Call): Answer {
  const { company, choices, moment } = call;
  const { fields } = readObject(modelOf('Subscription'), readBody(call), { company, choices });
  check(fields);
  const made = put(company, moment, {
    model: 'Subscription',
    fields: { fields: '*', ...fields, status: 'ACTIVE' },
  });
  return created(hideSecrets(shown(call, made)));
}

function resubscribe(call: Call): Answer {
  const { company, choices, moment } = call;
  const kept = findOne(call, 'Subscription');
  const sent = readObject(modelOf('Subscription'), readBody(call), { company, choices });
  checkVersion(kept, sent.version);
  check({ ...kept.fields, ...sent.fields });
  change(company, kept, { moment, fields: sent.fields });
  return value(hideSecrets(shown(call, kept)));
}

function check(fields: Fields): void {
  refuseProblems(required(fields, ['event', 'targetUrl']));
  const kind = eventKind(textOf(fields, 'event')) ?? invalid('event', 'no-event');
  if (!isTarget(textOf(fields, 'targetUrl'))) invalid('targetUrl', 'bad-target');
  if (isSet(fields, 'fields')) readFilter(textOf(fields, 'fields'), modelOf(kind.model));
}

function isTarget(text: string): boolean {
  const url = URL.parse(text);
  if (url === null) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && url.hostname === '127.0.0.1');
}

function hideSecrets(fields: Fields): Fields {
  const hidden = Object.fromEntries(SECRETS.map((name) => [name, null]));
  return { ...fields, ...Object.fromEntries(Object.entries(hidden).filter(([n]) => n in fields)) };
}

function unsubscribe(call: Call): Answer {
  remove(call.company, findOne(call, 'Subscription'));
  return nothing();
}

function subscriptions(company: Company) {
  return entitiesOf(company, 'Subscription').map((one) => ({
    ...one,
    fields: hideSecrets(one.fields),
  }));
}

export const SUBSCRIPTION_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/event', act: listEvents },
  { method: 'GET', path: '/event/{eventType}', act: showEvent },
  {
    method: 'GET',
    path: '/event/subscription',
    act: (call) =>
      answerList(call, { model: 'Subscription', picks: {} }, subscriptions(call.company)),
  },
  { method: 'POST', path: '/event/subscription', act: subscribe },
  {
    method: 'GET',
    path: '/event/subscription/{id}',
    act: (call) => value(hideSecrets(shown(call, findOne(call, 'Subscription')))),
  },
  { method: 'PUT', path: '/event/subscription/{id}', act: resubscribe },
  { method: 'DELETE', path: '/event/subscription/{id}', act: unsubscribe },
];
