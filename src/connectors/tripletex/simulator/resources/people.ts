import { entitiesOf, put } from '../company/company.ts';
import { nothing, type Answer } from '../api/answer.ts';
import { needParameters, numberAsked, type Call, type Route } from '../api/call.ts';
import { answerList } from '../api/listing.ts';
import { entityOf } from '../company/company.ts';
import { isSet, textOf } from '../wire/record.ts';
import { refuse, type Problem } from '../wire/refusals.ts';
import { isReferred, isTaken, refuseUsed, required } from './checks.ts';
import { routesOf, type Draft, type Register } from './register.ts';

/** What an employee must have to lead projects. The name is the simulator's. */
export const PROJECT_MANAGER = 'AUTH_PROJECT_MANAGER';

const NAME_MAX = 100;

const DEPARTMENTS: Register = {
  path: '/department',
  model: 'Department',
  acts: ['list', 'get', 'post', 'put', 'delete', 'post-list', 'put-list'],
  search: {
    picks: {
      id: { by: 'ids' },
      name: { by: 'contains' },
      departmentNumber: { by: 'contains' },
      departmentManagerId: { by: 'ids', field: 'departmentManager' },
      isInactive: { by: 'flag' },
    },
  },
  defaults: { isInactive: false, departmentNumber: '' },
  check: (draft) => [
    ...required(draft.fields, ['name']),
    ...(isTaken(draft, 'Department', 'departmentNumber')
      ? [{ field: 'departmentNumber', sentence: 'number-in-use' } as const]
      : []),
  ],
  checkRemoval: ({ company }, to) =>
    refuseUsed([
      [
        isReferred(entitiesOf(company, 'Posting'), { by: 'department', to }),
        'Posteringer er registrert på avdelingen.',
      ],
    ]),
};

const EMPLOYEES: Register = {
  path: '/employee',
  model: 'Employee',
  acts: ['list', 'get', 'post', 'put', 'post-list'],
  addresses: ['address'],
  search: {
    picks: {
      id: { by: 'ids' },
      firstName: { by: 'contains' },
      lastName: { by: 'contains' },
      employeeNumber: { by: 'equals' },
      email: { by: 'contains' },
      departmentId: { by: 'ids', field: 'department' },
      onlyContacts: { by: 'flag', field: 'isContact' },
    },
  },
  defaults: { isContact: false },
  check: checkEmployee,
};

/** The rules that were met, in their order: names that are missing come before all else. */
function checkEmployee(draft: Draft): readonly Problem[] {
  const { fields, call } = draft;
  const names = ['firstName', 'lastName'] as const;
  const missing = names.filter((name) => fields[name] === undefined || fields[name] === null);
  if (missing.length > 0) return missing.map((field) => ({ field, sentence: 'not-null' }));
  const problems: Problem[] = names
    .filter((name) => textOf(fields, name) === '' || textOf(fields, name).length > NAME_MAX)
    .map((field) => ({ field, sentence: 'length', about: [1, NAME_MAX] }));
  if (!isSet(fields, 'userType')) problems.push({ field: null, sentence: 'user-type' });
  if (fields['userType'] !== 'NO_ACCESS' && !isSet(fields, 'email')) {
    problems.push({ field: 'email', sentence: 'email-required' });
  }
  if (isTaken(draft, 'Employee', 'email')) {
    problems.push({ field: 'email', sentence: 'email-in-use' });
  }
  if (call.company.setup.hasDepartments && !isSet(fields, 'department')) {
    problems.push({ field: 'department.id', sentence: 'required' });
  }
  return problems;
}

function listEntitlements(call: Call): Answer {
  const employee = numberAsked(call, 'employeeId') ?? call.moment.employeeId;
  const own = entitiesOf(call.company, 'Entitlement').filter(
    ({ fields }) => fields['employee'] === employee,
  );
  return answerList(call, { model: 'Entitlement', picks: {} }, own);
}

/** Every template but `NONE_PRIVILEGES` lets an employee lead projects, as far as is kept here. */
function grant(call: Call): Answer {
  needParameters(call, ['employeeId', 'template']);
  const employee = entityOf(call.company, 'Employee', numberAsked(call, 'employeeId'));
  if (employee === null) refuse('no-object');
  if (call.query.get('template') !== 'NONE_PRIVILEGES') {
    put(call.company, call.moment, {
      model: 'Entitlement',
      fields: { employee: employee.id, name: PROJECT_MANAGER, entitlementId: 45 },
    });
  }
  return nothing();
}

export const PEOPLE_ROUTES: readonly Route[] = [
  ...[DEPARTMENTS, EMPLOYEES].flatMap(routesOf),
  { method: 'GET', path: '/employee/entitlement', act: listEntitlements },
  { method: 'PUT', path: '/employee/entitlement/:grantEntitlementsByTemplate', act: grant },
];
