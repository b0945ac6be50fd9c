import {
  makeWebhook,
  removeWebhook,
  renewSecret,
  sendAgain,
  setWebhook,
  tryWebhook,
} from '../../hub/webhooks/keep-webhook.ts';
import { BOTH_SIGN_MS } from '../../hub/webhooks/send-webhooks.ts';
import type { Language } from '../../domain/posting/words.ts';
import { WEBHOOK_EVENTS } from '../../ports/webhooks.ts';
import type { Db } from '../../store/db.ts';
import { listMessages, type WebhookMessage } from '../../store/webhook-messages.ts';
import { listWebhooks, type Webhook } from '../../store/webhooks.ts';
import { describeAddressFault, describeOff, describeWebhookTrouble } from '../../text/webhooks.ts';
import {
  answers,
  brings,
  createRoute,
  fails,
  failsWith,
  forCompany,
  InCompany,
  newRoutes,
  z,
} from './route.ts';
import { Id } from './schemas.ts';

const REPLAY_IDS_MAX = 200;

const One = InCompany.extend({ webhook: Id });
const Event = z.enum(WEBHOOK_EVENTS).openapi('WebhookEvent');
const Wishes = z.object({
  url: z.string().trim().min(1).max(2_000),
  events: z.array(Event).min(1),
});
const Secret = z.object({
  id: z.string(),
  secret: z.string().openapi({ description: 'whsec_…, as Standard Webhooks has it' }),
});

const list = createRoute({
  method: 'get',
  path: '/companies/{company}/webhooks',
  summary: 'Programs that are told what happens in the company',
  ...forCompany('connect'),
  request: { params: InCompany },
  responses: answers(
    z.object({
      events: z.array(Event).openapi({ description: 'What there is to be told of' }),
      webhooks: z.array(
        z
          .object({
            ...{ id: z.string(), url: z.string(), events: z.array(z.string()), by: z.string() },
            ...{ madeAtMs: z.number(), failingSinceMs: z.number().nullable() },
            bothSignUntilMs: z.number().nullable().openapi({
              description: 'Until then the secret before the present one signs too',
            }),
            off: z.string().nullable().openapi({ description: 'Why it is told nothing' }),
          })
          .openapi('Webhook'),
      ),
    }),
    'No answer but that which makes one holds a secret',
  ),
});

const make = createRoute({
  method: 'post',
  path: '/companies/{company}/webhooks',
  summary: 'Has a program told of events',
  ...forCompany('connect'),
  request: { params: InCompany, ...brings(Wishes) },
  responses: answers(Secret, 'The secret, which is shown this once'),
});

const change = createRoute({
  method: 'put',
  path: '/companies/{company}/webhooks/{webhook}',
  summary: 'Changes where it is told and of what, or switches it off and on',
  ...forCompany('connect'),
  request: { params: One, ...brings(Wishes.extend({ isOn: z.boolean() })) },
  responses: answers(z.object({ id: z.string() }), 'As it was asked for'),
});

const renew = createRoute({
  method: 'post',
  path: '/companies/{company}/webhooks/{webhook}/secret',
  summary: 'Replaces its secret; for a day both sign',
  ...forCompany('connect'),
  request: { params: One },
  responses: answers(Secret, 'The secret, which is shown this once'),
});

const attempt = createRoute({
  method: 'post',
  path: '/companies/{company}/webhooks/{webhook}/test',
  summary: 'Sends it a message that says nothing',
  ...forCompany('connect'),
  request: { params: One },
  responses: answers(z.object({ message: z.string() }), 'How it goes stands in its messages'),
});

const messages = createRoute({
  method: 'get',
  path: '/companies/{company}/webhooks/{webhook}/messages',
  summary: 'What it was told and how that went, newest first; kept for 30 days',
  ...forCompany('connect'),
  request: {
    params: One,
    query: z.object({
      before: Id.optional().openapi({ description: '`next` of the page before' }),
      state: z.enum(['waiting', 'done', 'failed']).optional(),
    }),
  },
  responses: answers(
    z.object({
      messages: z.array(
        z
          .object({
            id: z.string(),
            key: z.string().openapi({ description: 'webhook-id: the same at each attempt' }),
            ...{ event: z.string(), state: z.enum(['waiting', 'done', 'failed']) },
            ...{ atMs: z.number(), attempts: z.number(), triedAtMs: z.number().nullable() },
            dueAtMs: z.number().nullable().openapi({ description: 'When it is sent again' }),
            ...{ status: z.number().nullable(), trouble: z.string().nullable() },
            document: z.string().nullable(),
          })
          .openapi('WebhookMessage'),
      ),
      next: z.string().nullable(),
    }),
    'A page of them',
  ),
});

const replay = createRoute({
  method: 'post',
  path: '/companies/{company}/webhooks/{webhook}/replay',
  summary: 'Sends messages again, under the same webhook-id',
  ...forCompany('connect'),
  request: {
    params: One,
    ...brings(
      z.object({ messages: z.array(Id).min(1).max(REPLAY_IDS_MAX).or(z.literal('failed')) }),
    ),
  },
  responses: answers(z.object({ sent: z.number() }), 'How many will be; `failed`: 1 000 at most'),
});

const end = createRoute({
  method: 'delete',
  path: '/companies/{company}/webhooks/{webhook}',
  summary: 'Ends it: nothing is sent there any more',
  ...forCompany('connect'),
  request: { params: One },
  responses: answers(z.object({ id: z.string() }), 'It was this one'),
});

/** Programs that are told what happens. */
export function webhookRoutes() {
  return newRoutes()
    .openapi(list, async (c) => {
      const all = await listWebhooks(c.get('hub').database.db, c.get('company').id);
      const webhooks = all.map((one) => webhookOut(one, c.get('language')));
      return c.json({ events: [...WEBHOOK_EVENTS], webhooks });
    })
    .openapi(make, async (c) => {
      const doer = { companyId: c.get('company').id, by: c.get('caller').email };
      const made = await makeWebhook(c.get('hub'), doer, c.req.valid('json'));
      if ('fault' in made)
        return failsWith(400, describeAddressFault(made.fault, c.get('language')));
      return c.json(made);
    })
    .openapi(change, async (c) => {
      const hub = c.get('hub');
      const found = await webhookOf(hub.database.db, c.get('company').id, c.req.valid('param'));
      const wanted = { ...c.req.valid('json'), by: c.get('caller').email };
      const fault = await setWebhook(hub, found, wanted);
      if (fault !== null) return failsWith(400, describeAddressFault(fault, c.get('language')));
      return c.json({ id: found.id });
    })
    .openapi(end, async (c) => {
      const hub = c.get('hub');
      const found = await webhookOf(hub.database.db, c.get('company').id, c.req.valid('param'));
      await removeWebhook(hub, found, c.get('caller').email);
      return c.json({ id: found.id });
    })
    .route('/', messageRoutes());
}

/** What is sent, and by which secret. */
function messageRoutes() {
  return newRoutes()
    .openapi(renew, async (c) => {
      const hub = c.get('hub');
      const found = await webhookOf(hub.database.db, c.get('company').id, c.req.valid('param'));
      const secret = await renewSecret(hub, found, c.get('caller').email);
      return c.json({ id: found.id, secret });
    })
    .openapi(attempt, async (c) => {
      const hub = c.get('hub');
      const found = await webhookOf(hub.database.db, c.get('company').id, c.req.valid('param'));
      if (found.off !== null) return failsWith(409, describeOff(found.off.why, c.get('language')));
      return c.json({ message: await tryWebhook(hub, found, c.get('caller').email) });
    })
    .openapi(messages, async (c) => {
      const { db } = c.get('hub').database;
      const { id: companyId } = c.get('company');
      const { id: webhookId } = await webhookOf(db, companyId, c.req.valid('param'));
      const { before, state } = c.req.valid('query');
      const page = await listMessages(
        db,
        { companyId, webhookId },
        { ...(before === undefined ? {} : { before }), ...(state === undefined ? {} : { state }) },
      );
      const shown = page.messages.map((one) => messageOut(one, c.get('language')));
      return c.json({ messages: shown, next: page.next });
    })
    .openapi(replay, async (c) => {
      const hub = c.get('hub');
      const found = await webhookOf(hub.database.db, c.get('company').id, c.req.valid('param'));
      const { messages: ids } = c.req.valid('json');
      const sent = await sendAgain(hub, found, { ids, by: c.get('caller').email });
      return c.json({ sent });
    });
}

async function webhookOf(
  db: Db,
  companyId: string,
  { webhook: id }: { readonly webhook: string },
): Promise<Webhook> {
  const all = await listWebhooks(db, companyId);
  return all.find((one) => one.id === id) ?? fails(404, 'no-webhook');
}

function webhookOut(of: Webhook, language: Language) {
  const { id, url, events, by, madeAtMs, failingSinceMs, rotatedAtMs, off } = of;
  return {
    ...{ id, url, events: [...events], by, madeAtMs, failingSinceMs },
    bothSignUntilMs: rotatedAtMs === null ? null : rotatedAtMs + BOTH_SIGN_MS,
    off: off === null ? null : describeOff(off.why, language),
  };
}

function messageOut({ about, ...of }: WebhookMessage, language: Language) {
  const { trouble, status } = of;
  const document = (about as Readonly<Record<string, unknown>>)['document'];
  return {
    ...of,
    trouble: trouble === null ? null : describeWebhookTrouble({ trouble, status }, language),
    document: typeof document === 'string' ? document : null,
  };
}
