-- The node of the run that a statement is of.
ALTER TABLE statement ADD COLUMN run INTEGER NOT NULL DEFAULT 0;
UPDATE statement SET run = coalesce((SELECT r.n FROM statement_document d JOIN node r ON r.id = d.json ->> '$.run' WHERE d.n = statement.n), 0);
CREATE INDEX statement_run ON statement (run) WHERE superseded IS NULL;
