-- The number of the record or letter that a document is of, beside its 版, which follows from its content.

ALTER TABLE outgoing ADD COLUMN ordinal INTEGER NOT NULL DEFAULT 0;
