import { Radio, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, formOf, type Flows, type FlowTerms } from '../api.ts';
import { minorOf, plainAmount } from '../format.ts';
import { AccountsField } from '../parts/accounts-field.tsx';
import { ChoicesPreview } from '../parts/choices-preview.tsx';
import type { FieldOf, Written } from '../parts/form-field.ts';
import { Save } from '../parts/save.tsx';
import { SchemaForm } from '../parts/schema-form.tsx';
import { Failed, Shown } from '../parts/states.tsx';
import { flowsQuery, flowTermsQuery, queries, useRights } from '../queries.ts';

const flows = api.companies[':company'].flows;

type End = Flows['flows'][number]['source'];
type Wishes = {
  readonly mode: 'automatic' | 'review';
  readonly startDate: string;
  /** In whole units, as it is typed. */
  readonly fourEyes: string;
  readonly choices: Written;
};

/** The choices of a flow that is there. */
export function FlowPage() {
  const { company, flow: id } = useParams({ from: '/shell/c/$company/flows/$flow' });
  return (
    <Shown of={useQuery(flowsQuery(company))}>
      {(data) => {
        const flow = data.flows.find((one) => one.id === id);
        if (flow === undefined) return <Failed notFound />;
        const { source, target, mode, startDate, fourEyesMinor, choices } = flow;
        const first = {
          ...{ mode, startDate: startDate ?? '', choices },
          fourEyes: fourEyesMinor === null ? '' : plainAmount(fourEyesMinor),
        };
        return <Terms company={company} id={id} ends={{ source, target }} first={first} />;
      }}
    </Shown>
  );
}

/** The choices of one that is to be added. */
export function NewFlowPage() {
  const { company } = useParams({ from: '/shell/c/$company/flows/new' });
  const { source, target } = useSearch({ from: '/shell/c/$company/flows/new' });
  return (
    <Shown of={useQuery(flowsQuery(company))}>
      {({ possible, fourEyesMinor }) => {
        const found = possible.find((one) => one.source.id === source && one.target.id === target);
        if (found === undefined) return <Failed notFound />;
        const first = {
          ...({ mode: 'review', startDate: '', choices: {} } as const),
          fourEyes: fourEyesMinor === null ? '' : plainAmount(fourEyesMinor),
        };
        return <Terms company={company} id={null} ends={found} first={first} />;
      }}
    </Shown>
  );
}

type Of = {
  readonly company: string;
  /** null: it is to be added. */
  readonly id: string | null;
  readonly ends: { readonly source: End; readonly target: End };
  readonly first: Wishes;
};

function Terms(of: Of) {
  const { t } = useTranslation();
  const { company, ends } = of;
  return (
    <>
      <div className="page-head">
        <h1>
          {ends.source.title} → {ends.target.title}
        </h1>
        <Link to="/c/$company/flows" params={{ company }} className="small">
          {t('app.back')}
        </Link>
      </div>
      <Shown of={useQuery(flowTermsQuery(company, ends.target.id))}>
        {(terms) => <Edit {...of} terms={terms} />}
      </Shown>
    </>
  );
}

function Edit(of: Of & { readonly terms: FlowTerms }) {
  const { t } = useTranslation();
  const { company, ends, terms } = of;
  const mayChange = useRights(company).includes('connect');
  const [wishes, setWishes] = useState(of.first);
  const saving = useSaving(of, wishes);
  return (
    <div className="two">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate();
        }}
      >
        <How company={company} wishes={wishes} change={setWishes} />
        <Choices terms={terms} wishes={wishes} change={setWishes} />
        {mayChange ? (
          <Save
            saving={saving}
            label={t(of.id === null ? 'flow.begin' : 'app.save')}
            says={saving.isSuccess ? t('app.saved') : ''}
          />
        ) : null}
      </form>
      {mayChange ? (
        <ChoicesPreview
          company={company}
          source={ends.source.id}
          target={ends.target.id}
          choices={wishes.choices}
          startDate={wishes.startDate}
        />
      ) : null}
    </div>
  );
}

function useSaving({ company, id, ends }: Of, wishes: Wishes) {
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async () => {
      const { mode, choices, startDate, fourEyes } = wishes;
      const json = {
        ...{ mode, choices, startDate: startDate === '' ? null : startDate },
        fourEyesMinor: fourEyes === '' ? null : minorOf(fourEyes),
      };
      if (id !== null) {
        await answer(flows[':flow'].$put({ param: { company, flow: id }, json }));
        return id;
      }
      const { source, target } = ends;
      const whole = { ...json, source: source.id, target: target.id };
      return (await answer(flows.$post({ param: { company }, json: whole }))).id;
    },
    onSuccess: async (flow) => {
      await queries.invalidateQueries({ queryKey: ['company', company] });
      if (id === null) await navigate({ to: '/c/$company/flows/$flow', params: { company, flow } });
    },
  });
}

type Edited = {
  readonly wishes: Wishes;
  readonly change: (wishes: Wishes) => void;
};

/** Whether a person approves, from when, and above what two do. */
function How({ company, wishes, change }: Edited & { readonly company: string }) {
  const { t } = useTranslation();
  const mayManage = useRights(company).includes('manage');
  return (
    <section className="panel" aria-labelledby="how">
      <header>
        <h2 id="how">{t('flow.how')}</h2>
      </header>
      <div className="body stack form">
        <Radio.Group
          label={t('flow.mode')}
          value={wishes.mode}
          onChange={(mode) => change({ ...wishes, mode })}
        >
          <div className="stack" style={{ gap: '0.4rem', paddingTop: '0.3rem' }}>
            <Radio value="review" label={t('flow.reviewHelp')} />
            <Radio value="automatic" label={t('flow.automaticHelp')} />
          </div>
        </Radio.Group>
        <TextInput
          label={t('flow.fourEyes')}
          description={t('flow.fourEyesHelp')}
          inputMode="numeric"
          pattern="\d{1,10}"
          disabled={!mayManage}
          value={wishes.fourEyes}
          onChange={({ currentTarget }) => change({ ...wishes, fourEyes: currentTarget.value })}
        />
        <TextInput
          label={t('flow.start')}
          description={t('flow.startHelp')}
          type="date"
          value={wishes.startDate}
          onChange={({ currentTarget }) => change({ ...wishes, startDate: currentTarget.value })}
        />
      </div>
    </section>
  );
}

function Choices({ terms, wishes, change }: Edited & { readonly terms: FlowTerms }) {
  const { t } = useTranslation();
  return (
    <section className="panel" aria-labelledby="choices">
      <header>
        <h2 id="choices">{t('flow.choices')}</h2>
      </header>
      <div className="body stack form">
        <SchemaForm
          fields={formOf(terms)}
          value={wishes.choices}
          change={(choices) => change({ ...wishes, choices })}
          special={{
            accounts: (field) => (
              <AccountsField
                {...(field as FieldOf<Readonly<Record<string, string>>>)}
                terms={terms}
              />
            ),
          }}
        />
      </div>
    </section>
  );
}
