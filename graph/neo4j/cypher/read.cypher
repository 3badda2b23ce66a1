// name: return-actors
RETURN n.id AS id, n.kind AS kind, n.key AS key, n.names AS names, n.langs AS langs,
    [(n)-[:PART_OF]->(w:Actor) | w.id] AS wholes

// name: return-places
RETURN n.id AS id, n.key AS key, n.names AS names, n.langs AS langs, coalesce(n.partOf, '') AS partOf

// name: return-outlets
RETURN n.id AS id, n.key AS key, n.names AS names, n.langs AS langs

// name: return-issues
RETURN n.id AS id, n.codebook AS codebook, n.key AS key, n.names AS names, n.langs AS langs,
    n.propositions AS propositions, n.propositionLangs AS propositionLangs, coalesce(n.parent, '') AS parent

// name: return-positions
RETURN n.id AS id, [(n)-[:ON]->(o) | o.id] AS issue, [(n)-[:CONCERNS]->(o) | o.id] AS object, [(n)-[:IN]->(o) | o.id] AS place

// name: return-runs
RETURN n.id AS id, n.extractor AS extractor, n.version AS version, n.codebook AS codebook

// name: return-articles
RETURN n.id AS id, n.sourceId AS sourceId, n.url AS url, n.title AS title, [(n)-[:PUBLISHED_BY]->(o) | o.id] AS outlet,
    n.language AS language, n.published AS published, n.text AS text, n.textHash AS textHash

// name: return-statements
RETURN n.id AS id, n.article AS article, n.role AS role, n.quoteType AS quoteType, n.act AS act, n.cue AS cue,
    n.content AS content, n.saidOn AS saidOn, n.precision AS precision, n.origin AS origin, n.confidence AS confidence,
    n.utterance AS utterance, n.recordedAt AS recordedAt, n.supersededAt AS supersededAt,
    [(n)-[:PRODUCED_BY]->(o) | o.id] AS run, [(n)<-[:MADE]-(o) | o.id] AS speaker,
    [(n)-[:ON_BEHALF_OF]->(o) | o.id] AS behalf, [(n)-[:RELAYED_VIA]->(o) | o.id] AS relayed,
    [(n)-[r:REPORTED_IN]->() | [r.roles, r.starts, r.ends, r.exacts]] AS evidence,
    [(n)-[r:TOWARD]->(o) | [r.rank, o.id, r.stance, r.mention]] AS toward,
    [(n)-[r:TAKES]->(o) | [r.rank, o.id, r.agreement]] AS takes,
    [(n)-[r:ABOUT]->(o) | [r.rank, o.id]] AS about

// name: offices
MATCH (p:Actor)-[h:HELD]->(i:Actor)
WHERE p.id IN $ids
RETURN p.id AS person, i.id AS institution, h.title AS title, h.first AS first, h.last AS last
ORDER BY person, first IS NULL, first, institution, title

// name: all-offices
MATCH (p:Actor)-[h:HELD]->(i:Actor)
RETURN p.id AS person, i.id AS institution, h.title AS title, h.first AS first, h.last AS last
ORDER BY person, institution, title

// name: stats
CALL () {
    MATCH (:Actor) RETURN 'actor' AS name, count(*) AS n
    UNION ALL MATCH (:Place) RETURN 'place' AS name, count(*) AS n
    UNION ALL MATCH (:Issue) RETURN 'issue' AS name, count(*) AS n
    UNION ALL MATCH (:Position) RETURN 'position' AS name, count(*) AS n
    UNION ALL MATCH (:Outlet) RETURN 'outlet' AS name, count(*) AS n
    UNION ALL MATCH (:Run) RETURN 'run' AS name, count(*) AS n
    UNION ALL MATCH (:Article) RETURN 'article' AS name, count(*) AS n
    UNION ALL MATCH (:Standing) RETURN 'statement' AS name, count(*) AS n
    UNION ALL MATCH (:Statement) RETURN 'ever' AS name, count(*) AS n
    UNION ALL MATCH (:Standing)<-[:MADE]-() RETURN 'MADE' AS name, count(*) AS n
    UNION ALL MATCH (:Standing)-[:ON_BEHALF_OF]->() RETURN 'ON_BEHALF_OF' AS name, count(*) AS n
    UNION ALL MATCH (:Standing)-[:RELAYED_VIA]->() RETURN 'RELAYED_VIA' AS name, count(*) AS n
    UNION ALL MATCH (:Standing)-[:REPORTED_IN]->() RETURN 'REPORTED_IN' AS name, count(*) AS n
    UNION ALL MATCH (:Standing)-[:TOWARD]->() RETURN 'TOWARD' AS name, count(*) AS n
    UNION ALL MATCH (:Standing)-[:TAKES]->() RETURN 'TAKES' AS name, count(*) AS n
    UNION ALL MATCH (:Standing)-[:ABOUT]->() RETURN 'ABOUT' AS name, count(*) AS n
    UNION ALL MATCH (:Position)-[:ON]->() RETURN 'ON' AS name, count(*) AS n
    UNION ALL MATCH (:Position)-[:CONCERNS]->() RETURN 'CONCERNS' AS name, count(*) AS n
    UNION ALL MATCH (:Position)-[:IN]->() RETURN 'IN' AS name, count(*) AS n
    UNION ALL MATCH (:Actor)-[:HELD]->() RETURN 'HELD' AS name, count(*) AS n
    UNION ALL MATCH (:Actor)-[:PART_OF]->() RETURN 'PART_OF' AS name, count(*) AS n
}
RETURN name, n

// name: schema-version
OPTIONAL MATCH (m:MawqifSchema {id: 'schema'})
RETURN m.version AS version, EXISTS { MATCH (n) WHERE NOT n:MawqifSchema } AS filled

// name: set-schema-version
MERGE (m:MawqifSchema {id: 'schema'})
SET m.version = $version

// name: indexes
SHOW INDEXES YIELD name, state
WHERE state <> 'FAILED'
RETURN name

// name: await-indexes
CALL db.awaitIndexes(300)

// name: ids-actors
MATCH (n:Actor) WHERE n.id IN $ids

// name: ids-places
MATCH (n:Place) WHERE n.id IN $ids

// name: ids-outlets
MATCH (n:Outlet) WHERE n.id IN $ids

// name: ids-issues
MATCH (n:Issue) WHERE n.id IN $ids

// name: ids-positions
MATCH (n:Position) WHERE n.id IN $ids

// name: ids-runs
MATCH (n:Run) WHERE n.id IN $ids

// name: ids-articles
MATCH (n:Article) WHERE n.id IN $ids

// name: ids-statements
MATCH (n:Statement) WHERE n.id IN $ids

// name: all-actors
MATCH (n:Actor) WITH n ORDER BY n.id

// name: all-places
MATCH (n:Place) WITH n ORDER BY n.id

// name: all-outlets
MATCH (n:Outlet) WITH n ORDER BY n.id

// name: all-issues
MATCH (n:Issue) WITH n ORDER BY n.id

// name: all-positions
MATCH (n:Position) WITH n ORDER BY n.id

// name: all-runs
MATCH (n:Run) WITH n ORDER BY n.id

// name: all-articles
MATCH (n:Article) WITH n ORDER BY n.id

// name: all-statements
MATCH (n:Standing) WITH n ORDER BY n.id
