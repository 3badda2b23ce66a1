// name: take-turn
// Setting a property takes the lock of the node until the transaction ends, so
// that writers go one after another. Those that meet at the same actors would
// otherwise wait for one another in circles, and be made to try again.
MERGE (m:MawqifSchema {id: 'schema'})
SET m.turns = coalesce(m.turns, 0) + 1

// name: hold-actors
// Setting a property takes the lock of the node: what is read after it stays
// true until the transaction ends.
UNWIND $rows AS row
MERGE (n:Actor {id: row.id})
SET n.key = row.key
RETURN n.id AS id, n.kind AS kind, n.names AS names, n.langs AS langs, n.ranks AS ranks

// name: hold-places
UNWIND $rows AS row
MERGE (n:Place {id: row.id})
SET n.key = row.key
RETURN n.id AS id, n.partOf AS partOf, n.names AS names, n.langs AS langs, n.ranks AS ranks

// name: hold-outlets
UNWIND $rows AS row
MERGE (n:Outlet {id: row.id})
SET n.key = row.key
RETURN n.id AS id, n.names AS names, n.langs AS langs, n.ranks AS ranks

// name: hold-issues
UNWIND $rows AS row
MERGE (n:Issue {id: row.id})
SET n.key = row.key, n.codebook = row.codebook
RETURN n.id AS id, n.parent AS parent, n.names AS names, n.langs AS langs, n.ranks AS ranks,
    n.propositions AS propositions, n.propositionLangs AS propositionLangs, n.propositionRanks AS propositionRanks

// name: set-actors
UNWIND $rows AS row
MATCH (n:Actor {id: row.id})
SET n += row.set

// name: set-places
UNWIND $rows AS row
MATCH (n:Place {id: row.id})
SET n += row.set

// name: set-outlets
UNWIND $rows AS row
MATCH (n:Outlet {id: row.id})
SET n += row.set

// name: set-issues
UNWIND $rows AS row
MATCH (n:Issue {id: row.id})
SET n += row.set

// name: merge-runs
UNWIND $rows AS row
MERGE (n:Run {id: row.id})
ON CREATE SET n.name = row.name, n.extractor = row.extractor, n.version = row.version, n.codebook = row.codebook

// name: merge-positions
UNWIND $rows AS row
MERGE (n:Position {id: row.id})
ON CREATE SET n.sort = row.sort, n.name = row.name
WITH n, row
MATCH (i:Issue {id: row.issue})
MERGE (n)-[:ON]->(i)

// name: position-objects
UNWIND $rows AS row
MATCH (n:Position {id: row.id})
MATCH (o:Actor {id: row.other})
MERGE (n)-[:CONCERNS]->(o)

// name: position-places
UNWIND $rows AS row
MATCH (n:Position {id: row.id})
MATCH (o:Place {id: row.other})
MERGE (n)-[:IN]->(o)

// name: actor-wholes
UNWIND $rows AS row
MATCH (n:Actor {id: row.id})
MATCH (w:Actor {id: row.other})
MERGE (n)-[:PART_OF]->(w)

// name: place-wholes
UNWIND $rows AS row
MATCH (n:Place {id: row.id})
OPTIONAL MATCH (n)-[old:PART_OF]->(:Place)
DELETE old
WITH n, row
MATCH (w:Place {id: row.other})
MERGE (n)-[:PART_OF]->(w)

// name: issue-parents
UNWIND $rows AS row
MATCH (n:Issue {id: row.id})
OPTIONAL MATCH (n)-[old:PART_OF]->(:Issue)
DELETE old
WITH n, row
MATCH (w:Issue {id: row.other})
MERGE (n)-[:PART_OF]->(w)

// name: merge-held
UNWIND $rows AS row
MATCH (p:Actor {id: row.person})
MATCH (i:Actor {id: row.institution})
MERGE (p)-[h:HELD {title: row.title}]->(i)
SET h.first = CASE WHEN h.first IS NULL OR row.first < h.first THEN row.first ELSE h.first END,
    h.last = CASE WHEN h.last IS NULL OR row.last > h.last THEN row.last ELSE h.last END

// name: merge-articles
UNWIND $rows AS row
MERGE (a:Article {id: row.id})
ON CREATE SET a += row.set

// name: article-outlets
UNWIND $rows AS row
MATCH (a:Article {id: row.id})
MATCH (o:Outlet {id: row.other})
MERGE (a)-[:PUBLISHED_BY]->(o)

// name: supersede
UNWIND $rows AS row
MATCH (a:Article {id: row.article})<-[:REPORTED_IN]-(s:Standing)
WHERE NOT s.id IN row.hold
SET s.supersededAt = $now
REMOVE s:Standing

// name: restate
// Statements that are known stand again; of two confidences the last stands.
UNWIND $rows AS row
MATCH (s:Statement {id: row.id})
SET s:Standing, s.confidence = row.confidence, s.doubt = -row.confidence
REMOVE s.supersededAt
RETURN s.id AS id

// name: create-statements
UNWIND $rows AS row
MATCH (a:Article {id: row.article})
MATCH (r:Run {id: row.run})
CREATE (s:Statement:Standing)
SET s = row.set, s.recordedAt = $now
CREATE (s)-[:REPORTED_IN {roles: row.roles, starts: row.starts, ends: row.ends, exacts: row.exacts}]->(a)
CREATE (s)-[:PRODUCED_BY]->(r)

// name: create-made
UNWIND $rows AS row
MATCH (s:Statement {id: row.id})
MATCH (o:Actor {id: row.other})
CREATE (o)-[:MADE {role: row.role}]->(s)

// name: create-behalf
UNWIND $rows AS row
MATCH (s:Statement {id: row.id})
MATCH (o:Actor {id: row.other})
CREATE (s)-[:ON_BEHALF_OF]->(o)

// name: create-relayed
UNWIND $rows AS row
MATCH (s:Statement {id: row.id})
MATCH (o:Outlet {id: row.other})
CREATE (s)-[:RELAYED_VIA]->(o)

// name: create-toward
UNWIND $rows AS row
MATCH (s:Statement {id: row.id})
MATCH (o:Actor {id: row.other})
CREATE (s)-[:TOWARD {rank: row.rank, stance: row.stance, mention: row.mention}]->(o)

// name: create-takes
UNWIND $rows AS row
MATCH (s:Statement {id: row.id})
MATCH (o:Position {id: row.other})
CREATE (s)-[:TAKES {rank: row.rank, agreement: row.agreement}]->(o)

// name: create-about
UNWIND $rows AS row
MATCH (s:Statement {id: row.id})
MATCH (o:Place {id: row.other})
CREATE (s)-[:ABOUT {rank: row.rank}]->(o)
