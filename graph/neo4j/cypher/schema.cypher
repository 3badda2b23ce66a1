// One id a node: without these constraints, writers at the same time make
// nodes twice.
CREATE CONSTRAINT actor_id IF NOT EXISTS FOR (n:Actor) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT place_id IF NOT EXISTS FOR (n:Place) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT issue_id IF NOT EXISTS FOR (n:Issue) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT position_id IF NOT EXISTS FOR (n:Position) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT outlet_id IF NOT EXISTS FOR (n:Outlet) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT run_id IF NOT EXISTS FOR (n:Run) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT article_id IF NOT EXISTS FOR (n:Article) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT statement_id IF NOT EXISTS FOR (n:Statement) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT schema_id IF NOT EXISTS FOR (n:MawqifSchema) REQUIRE n.id IS UNIQUE;

// The orders of lists.
CREATE INDEX statement_newest IF NOT EXISTS FOR (s:Standing) ON (s.newest, s.id);
CREATE INDEX statement_oldest IF NOT EXISTS FOR (s:Standing) ON (s.oldest, s.id);
CREATE INDEX statement_doubt IF NOT EXISTS FOR (s:Standing) ON (s.doubt, s.id);
CREATE INDEX statement_article IF NOT EXISTS FOR (s:Standing) ON (s.place, s.id);
CREATE INDEX article_newest IF NOT EXISTS FOR (a:Article) ON (a.newest, a.id);
CREATE INDEX actor_sort IF NOT EXISTS FOR (n:Actor) ON (n.sort, n.id);
CREATE INDEX place_sort IF NOT EXISTS FOR (n:Place) ON (n.sort, n.id);
CREATE INDEX issue_sort IF NOT EXISTS FOR (n:Issue) ON (n.sort, n.id);
CREATE INDEX position_sort IF NOT EXISTS FOR (n:Position) ON (n.sort, n.id);

// Words, folded before they come here: the analyzer only splits at spaces.
CREATE FULLTEXT INDEX statement_words IF NOT EXISTS FOR (s:Standing) ON EACH [s.words] OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}};
CREATE FULLTEXT INDEX article_words IF NOT EXISTS FOR (a:Article) ON EACH [a.words] OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}};
CREATE FULLTEXT INDEX actor_words IF NOT EXISTS FOR (n:Actor) ON EACH [n.words] OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}};
CREATE FULLTEXT INDEX place_words IF NOT EXISTS FOR (n:Place) ON EACH [n.words] OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}};
CREATE FULLTEXT INDEX issue_words IF NOT EXISTS FOR (n:Issue) ON EACH [n.words] OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}};
