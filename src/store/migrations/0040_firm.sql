-- What the firm decides for everybody who signs in. One row, there from the start.
create table firm (
  only_one        boolean primary key default true check (only_one),
  name            text not null default '',
  -- Of pages, for whoever has not chosen.
  language        text not null default 'sv' check (language in ('sv', 'nb', 'en')),
  -- So long after signing in somebody signs in again, however busy; null: not while they are.
  sign_in_hours   integer check (sign_in_hours between 1 and 720),
  -- Everybody has codes of an app: without, they reach their own account and nothing else.
  needs_factor    boolean not null default false,
  -- What a new flow begins with: above this amount two people let a document go.
  four_eyes_minor bigint check (four_eyes_minor > 0)
);
insert into firm default values;

-- How often somebody has tried to sign in, counted over all processes. Of no worth after a crash.
create unlogged table sign_in_try (
  id           text primary key,
  key          text not null unique,
  count        integer not null,
  last_request bigint not null
);
