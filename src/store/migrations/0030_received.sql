-- What a company has received on each of its last days is counted whenever its overview is opened.
create index document_received on document (company_id, received_at);
