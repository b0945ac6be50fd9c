import { json, type Answer } from '../api/answer.ts';
import { readQuery, type Query } from '../api/query.ts';
import { answerAuthorize, type ConsentDesk } from '../oauth/consent.ts';
import {
  answerRevoke,
  answerToken,
  readForm,
  type TokenDesk,
  type TokenRequest,
} from '../oauth/token-endpoint.ts';
import { textOf } from '../wire/record.ts';
import type { Site } from './site.ts';
import type { Received, World } from './world.ts';

/** `apps.fortnox.se`: consent and tokens. */
export function authSite(world: World): Site {
  return {
    isFortnox: true,
    tenantOf: (received) => tenantOf(world, received),
    answer: (received) => {
      const route = `${received.method} ${received.path}`;
      return { answer: answerOf(world, route, received), route };
    },
  };
}

function answerOf(world: World, route: string, received: Received): Answer {
  switch (route) {
    case 'GET /oauth-v1/auth':
      return answerAuthorize(consentDesk(world), received.query, null);
    case 'POST /oauth-v1/auth': {
      const form = formOf(received);
      const choice = form.get('answer') === 'approved' ? 'approved' : 'denied';
      return answerAuthorize(consentDesk(world), form, choice);
    }
    case 'POST /oauth-v1/token':
      return answerToken(tokenDesk(world), tokenRequest(received));
    case 'POST /oauth-v1/revoke':
      return answerRevoke(tokenDesk(world), tokenRequest(received));
    default:
      return json(404, '{"error":"not_found"}');
  }
}

/** For faults that are meant for one company: whose token is asked for. */
function tenantOf({ grants }: World, received: Received): number | null {
  const header = received.header('tenantid');
  if (/^\d{1,15}$/.test(header)) return Number(header);
  const form = readForm(tokenRequest(received));
  const refresh = form.get('refresh_token');
  if (refresh !== undefined) return grants.tenantOfRefresh(refresh);
  return grants.tenantOfCode(form.get('code') ?? '');
}

function tokenDesk({ clients, grants, choices }: World): TokenDesk {
  return { clients, grants, choices };
}

function tokenRequest(received: Received): TokenRequest {
  return {
    authorization: received.header('authorization'),
    tenantHeader: received.header('tenantid'),
    mediaType: received.header('content-type'),
    body: received.body,
  };
}

function consentDesk(world: World): ConsentDesk {
  return {
    clients: world.clients,
    grants: world.grants,
    companies: [...world.tenants.values()].map(({ id, company }) => ({
      id,
      name: textOf(company, 'Name'),
    })),
    mode: world.consent,
    hasLicence: (tenantId) => world.tenants.get(tenantId)?.setup.hasApiLicence ?? false,
  };
}

function formOf(received: Received): Query {
  return readQuery(new TextDecoder().decode(received.body));
}
