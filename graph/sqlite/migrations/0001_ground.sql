-- Days are counted from 1970-01-01, may be negative, and are NULL if unknown.
-- A reference of 0 means "none". Clocks are microseconds since 1970, UTC.
--
-- Rows are numbered as they come. The rank of an article or a statement is the
-- first 63 bits of its id, such that rows sorted by rank are sorted by id.

-- Every node but articles and statements. A node's sort is what it is listed
-- by: the folded name, or the ids of a position's issue, object and place.
CREATE TABLE node (
    n    INTEGER PRIMARY KEY,
    id   TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    sort TEXT NOT NULL
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
CREATE INDEX position_issue ON position (issue);
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
-- of names: the smallest of all does not depend on their order.
CREATE TABLE name (
    n     INTEGER PRIMARY KEY,
    node  INTEGER NOT NULL,
    role  INTEGER NOT NULL,
    lang  TEXT NOT NULL,
    value TEXT NOT NULL,
    rank  INTEGER NOT NULL,
    fold  TEXT NOT NULL,
    UNIQUE (node, role, lang, value)
) STRICT;

-- Full text is indexed as folded: words of letters and digits with a space
-- between, to which every byte beyond ASCII is a letter.
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

-- Articles and statements are kept as JSON; their tables hold what they are
-- selected and sorted by.
CREATE TABLE article (
    n         INTEGER PRIMARY KEY,
    rank      INTEGER NOT NULL UNIQUE,
    id        TEXT NOT NULL,
    outlet    INTEGER NOT NULL,
    language  TEXT NOT NULL,
    published INTEGER,
    newest    INTEGER GENERATED ALWAYS AS (coalesce(-published, 9999999)) VIRTUAL
) STRICT;
CREATE INDEX article_newest ON article (newest, rank);
CREATE INDEX article_outlet ON article (outlet);
CREATE INDEX article_language ON article (language);

CREATE TABLE article_document (
    n    INTEGER PRIMARY KEY,
    json TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE article_words USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);

-- The article's rank, outlet, language and day are repeated here. Content
-- begins at code point "start" of the article.
CREATE TABLE statement (
    n          INTEGER PRIMARY KEY,
    rank       INTEGER NOT NULL UNIQUE,
    id         TEXT NOT NULL,
    article    INTEGER NOT NULL,
    story      INTEGER NOT NULL,
    start      INTEGER NOT NULL,
    outlet     INTEGER NOT NULL,
    language   TEXT NOT NULL,
    published  INTEGER,
    speaker    INTEGER NOT NULL,
    behalf     INTEGER NOT NULL,
    relay      INTEGER NOT NULL,
    act        TEXT NOT NULL,
    quote      TEXT NOT NULL,
    day        INTEGER,
    confidence REAL NOT NULL,
    utterance  TEXT NOT NULL,
    recorded   INTEGER NOT NULL,
    superseded INTEGER,
    oldest     INTEGER GENERATED ALWAYS AS (coalesce(day, 9999999)) VIRTUAL,
    newest     INTEGER GENERATED ALWAYS AS (coalesce(-day, 9999999)) VIRTUAL,
    doubt      REAL GENERATED ALWAYS AS (-confidence) VIRTUAL
) STRICT;
CREATE INDEX statement_newest ON statement (newest, rank) WHERE superseded IS NULL;
CREATE INDEX statement_oldest ON statement (oldest, rank) WHERE superseded IS NULL;
CREATE INDEX statement_doubt ON statement (doubt, rank) WHERE superseded IS NULL;
CREATE INDEX statement_story ON statement (story, start, rank) WHERE superseded IS NULL;
CREATE INDEX statement_article ON statement (article) WHERE superseded IS NULL;
CREATE INDEX statement_speaker ON statement (speaker) WHERE superseded IS NULL;
CREATE INDEX statement_behalf ON statement (behalf) WHERE superseded IS NULL;

CREATE TABLE statement_document (
    n    INTEGER PRIMARY KEY,
    json TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE statement_words USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);

-- What follows repeats the statements that stand, by what they are asked for:
-- the values that they take, and the places they are about.
CREATE TABLE toward (
    target    INTEGER NOT NULL,
    statement INTEGER NOT NULL,
    value     INTEGER NOT NULL,
    speaker   INTEGER NOT NULL,
    behalf    INTEGER NOT NULL,
    article   INTEGER NOT NULL,
    day       INTEGER,
    PRIMARY KEY (target, speaker, statement)
) STRICT, WITHOUT ROWID;
CREATE INDEX toward_statement ON toward (statement, target, value);
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
    PRIMARY KEY (position, speaker, statement)
) STRICT, WITHOUT ROWID;
CREATE INDEX takes_statement ON takes (statement, position, issue, value);
CREATE INDEX takes_issue ON takes (issue, position, day, value, article, speaker, behalf);
CREATE INDEX takes_speaker ON takes (speaker, position, issue, day, value, article, behalf);
CREATE INDEX takes_behalf ON takes (behalf, position, issue, day, value, article, speaker);

CREATE TABLE about (
    place     INTEGER NOT NULL,
    statement INTEGER NOT NULL,
    PRIMARY KEY (place, statement)
) STRICT, WITHOUT ROWID;
CREATE INDEX about_statement ON about (statement, place);

-- How many statements stand and have been superseded, and how many of those
-- that stand have a speaker, somebody they are for, and a relay.
CREATE TABLE tally (
    standing   INTEGER NOT NULL,
    superseded INTEGER NOT NULL,
    made       INTEGER NOT NULL,
    for_others INTEGER NOT NULL,
    relayed    INTEGER NOT NULL
) STRICT;
INSERT INTO tally VALUES (0, 0, 0, 0, 0);
