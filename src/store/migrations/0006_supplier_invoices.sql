-- Supplier invoices: the same one by two ways, and the files that came in it.

-- What an invoice is known by whatever way it comes: supplier and number, see domain/document/twin.ts.
-- Also how the earlier invoices of a supplier are found. null: no such document.
alter table document add column twin text collate "C";

create index document_by_twin on document (company_id, twin) where twin is not null;

update document d
   set twin = party.id || '/'
              || regexp_replace(regexp_replace(upper(d.body ->> 'number'), '\s', '', 'g'),
                                '^0+(?=.)', '')
              || case when (d.body #>> '{total,gross,minor}')::numeric < 0 then '/credit' else '' end
  from document own,
       lateral (select own.body #>> '{supplier,orgNumber}' as org,
                       own.body #>> '{supplier,vatNumber}' as vat,
                       own.body #>> '{supplier,endpoint}' as endpoint,
                       upper(own.body #>> '{supplier,name}') as name) said,
       lateral (select coalesce(regexp_replace(said.org, '^\d\d(\d{10})$', '\1'),
                                substring(said.vat from '^SE(\d{10})\d\d$'),
                                substring(said.vat from '^NO(\d{9})(?:MVA)?$'),
                                said.vat,
                                substring(said.endpoint from '^(?:0007|0192):(\d{9,10})$'),
                                said.endpoint, said.name) as id) party
 where own.id = d.id and d.kind = 'supplier-invoice';

-- A file that came inside a document, decoded: in the received file it stands as text, in a zip
-- packed besides. One that is not taken is named with the reason.
create table attachment (
  document_id bigint not null references document on delete cascade,
  number      integer not null,                -- its place among the document's attachments, from 1
  name        text not null,
  media_type  text,
  bytes       bytea,
  left_out    text,
  primary key (document_id, number),
  check ((bytes is null) = (left_out is not null) and (bytes is null) = (media_type is null))
);
