-- Days are counted from 1970-01-01, may be negative, and are NULL if unknown.
-- A reference of 0 means "none". Clocks are microseconds since 1970, UTC.

-- Every node but articles and statements. A node's sort is the folded name by
-- which it is listed.
CREATE TABLE node (
    n    INTEGER PRIMARY KEY,
    id   TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    sort TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX node_listed ON node (type, sort, id);

CREATE TABLE actor (
    n    INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    key  TEXT NOT NULL
) STRICT;

CREATE TABLE place (
    n       INTEGER PRIMARY KEY,
    key     TEXT NOT NULL,
    part_of INTEGER NOT NULL
) STRICT;

CREATE TABLE outlet (
    n   INTEGER PRIMARY KEY,
    key TEXT NOT NULL
) STRICT;

CREATE TABLE issue (
    n        INTEGER PRIMARY KEY,
    codebook TEXT NOT NULL,
    key      TEXT NOT NULL,
    parent   INTEGER NOT NULL
) STRICT;

CREATE TABLE position (
    n      INTEGER PRIMARY KEY,
    issue  INTEGER NOT NULL,
    object INTEGER NOT NULL,
    place  INTEGER NOT NULL
) STRICT;
CREATE INDEX position_object ON position (object);
CREATE INDEX position_place ON position (place);

CREATE TABLE run (
    n         INTEGER PRIMARY KEY,
    extractor TEXT NOT NULL,
    version   TEXT NOT NULL,
    codebook  TEXT NOT NULL
) STRICT;

-- The names of a node: role 0; the propositions of an issue: role 1. The rank
-- is the best place that the name had among those of its language in any list
-- of names: the smallest of all ranks does not depend on their order.
CREATE TABLE name (
    n    INTEGER PRIMARY KEY,
    node INTEGER NOT NULL,
    role INTEGER NOT NULL,
    lang TEXT NOT NULL,
    value TEXT NOT NULL,
    rank INTEGER NOT NULL,
    fold TEXT NOT NULL,
    UNIQUE (node, role, lang, value)
) STRICT;

CREATE VIRTUAL TABLE name_words USING fts5 (
    fold, content = 'name', content_rowid = 'n', detail = none, tokenize = 'ascii'
);

CREATE TABLE part_of (
    part  INTEGER NOT NULL,
    whole INTEGER NOT NULL,
    PRIMARY KEY (part, whole)
) STRICT, WITHOUT ROWID;
CREATE INDEX part_of_whole ON part_of (whole, part);

CREATE TABLE held (
    person      INTEGER NOT NULL,
    institution INTEGER NOT NULL,
    title       TEXT NOT NULL,
    first       INTEGER,
    last        INTEGER,
    PRIMARY KEY (person, institution, title)
) STRICT, WITHOUT ROWID;

CREATE TABLE article (
    n         INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    source_id TEXT NOT NULL,
    url       TEXT NOT NULL,
    title     TEXT NOT NULL,
    outlet    INTEGER NOT NULL,
    language  TEXT NOT NULL,
    published INTEGER,
    text      TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    newest    INTEGER GENERATED ALWAYS AS (coalesce(-published, 9999999)) VIRTUAL
) STRICT;
CREATE INDEX article_newest ON article (newest, id);
CREATE INDEX article_outlet ON article (outlet, newest, id);

CREATE VIRTUAL TABLE article_words USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);

-- The body is the statement as JSON; the columns are what lists select and
-- sort by. Content begins at code point "start" of the article.
CREATE TABLE statement (
    n          INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    article    INTEGER NOT NULL,
    start      INTEGER NOT NULL,
    speaker    INTEGER NOT NULL,
    behalf     INTEGER NOT NULL,
    relay      INTEGER NOT NULL,
    act        TEXT NOT NULL,
    quote      TEXT NOT NULL,
    day        INTEGER,
    confidence REAL NOT NULL,
    recorded   INTEGER NOT NULL,
    superseded INTEGER,
    body       TEXT NOT NULL,
    oldest     INTEGER GENERATED ALWAYS AS (coalesce(day, 9999999)) VIRTUAL,
    newest     INTEGER GENERATED ALWAYS AS (coalesce(-day, 9999999)) VIRTUAL,
    doubt      REAL GENERATED ALWAYS AS (-confidence) VIRTUAL
) STRICT;
CREATE INDEX statement_newest ON statement (newest, id) WHERE superseded IS NULL;
CREATE INDEX statement_oldest ON statement (oldest, id) WHERE superseded IS NULL;
CREATE INDEX statement_doubt ON statement (doubt, id) WHERE superseded IS NULL;
CREATE INDEX statement_article ON statement (article, start, id) WHERE superseded IS NULL;
CREATE INDEX statement_speaker ON statement (speaker, newest, id) WHERE superseded IS NULL;
CREATE INDEX statement_behalf ON statement (behalf, newest, id) WHERE superseded IS NULL;

CREATE VIRTUAL TABLE statement_words USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);

-- What follows repeats the bodies of the statements that stand, by what they
-- are asked for: the stances that they take, and the places they are about.
CREATE TABLE toward (
    target    INTEGER NOT NULL,
    statement INTEGER NOT NULL,
    value     INTEGER NOT NULL,
    speaker   INTEGER NOT NULL,
    behalf    INTEGER NOT NULL,
    article   INTEGER NOT NULL,
    day       INTEGER,
    PRIMARY KEY (target, statement)
) STRICT, WITHOUT ROWID;
CREATE INDEX toward_statement ON toward (statement, value);
CREATE INDEX toward_speaker ON toward (speaker, target, day, value, article, behalf);
CREATE INDEX toward_behalf ON toward (behalf, target, day, value, article, speaker);

CREATE TABLE takes (
    position  INTEGER NOT NULL,
    statement INTEGER NOT NULL,
    issue     INTEGER NOT NULL,
    value     INTEGER NOT NULL,
    speaker   INTEGER NOT NULL,
    behalf    INTEGER NOT NULL,
    article   INTEGER NOT NULL,
    day       INTEGER,
    PRIMARY KEY (position, statement)
) STRICT, WITHOUT ROWID;
CREATE INDEX takes_statement ON takes (statement, value);
CREATE INDEX takes_issue ON takes (issue, position, day, value, article, speaker, behalf);
CREATE INDEX takes_speaker ON takes (speaker, position, issue, day, value, article, behalf);
CREATE INDEX takes_behalf ON takes (behalf, position, issue, day, value, article, speaker);

CREATE TABLE about (
    place     INTEGER NOT NULL,
    statement INTEGER NOT NULL,
    PRIMARY KEY (place, statement)
) STRICT, WITHOUT ROWID;
CREATE INDEX about_statement ON about (statement);
