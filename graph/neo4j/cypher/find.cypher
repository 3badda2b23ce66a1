// The conditions of lists. Each narrows down s (or n), which may be bound or
// not: the first one of a query decides where the planner begins. They find
// superseded statements too; what follows tells which of them count. The last
// part before a page ends in a WHERE, with which the page goes on, so that both
// can be answered by one index.

// name: by-statement-words
CALL db.index.fulltext.queryNodes('statement_words', $words) YIELD node AS s

// name: by-article-words
CALL db.index.fulltext.queryNodes('article_words', $words) YIELD node AS n

// name: by-actor-words
CALL db.index.fulltext.queryNodes('actor_words', $words) YIELD node AS n

// name: by-place-words
CALL db.index.fulltext.queryNodes('place_words', $words) YIELD node AS n

// name: by-issue-words
CALL db.index.fulltext.queryNodes('issue_words', $words) YIELD node AS n

// name: in-one-name
// The index knows the words of all names; they must stand in one of them.
WITH n
WHERE any(name IN n.folds WHERE all(word IN $whole WHERE (' ' + name + ' ') CONTAINS (' ' + word + ' '))
    AND (' ' + name) CONTAINS (' ' + $beginning))

// name: standing
MATCH (n:Standing)
WHERE true

// name: by-speaker
MATCH (x:Actor)-[:MADE]->(s:Statement)
WHERE x.id IN $speakers
WITH DISTINCT s

// name: by-speaker-rolled-up
MATCH (root:Actor)<-[:PART_OF*0..]-(x:Actor)-[:MADE|ON_BEHALF_OF]-(s:Statement)
WHERE root.id IN $speakers
WITH DISTINCT s

// name: by-behalf
MATCH (x:Actor)<-[:ON_BEHALF_OF]-(s:Statement)
WHERE x.id IN $behalves
WITH DISTINCT s

// name: by-behalf-rolled-up
MATCH (root:Actor)<-[:PART_OF*0..]-(x:Actor)<-[:ON_BEHALF_OF]-(s:Statement)
WHERE root.id IN $behalves
WITH DISTINCT s

// name: by-target
MATCH (x:Actor)<-[v:TOWARD]-(s:Statement)
WHERE x.id IN $targets AND ($stances IS NULL OR v.stance IN $stances)
WITH DISTINCT s

// name: by-target-rolled-up
MATCH (root:Actor)<-[:PART_OF*0..]-(x:Actor)<-[v:TOWARD]-(s:Statement)
WHERE root.id IN $targets AND ($stances IS NULL OR v.stance IN $stances)
WITH DISTINCT s

// name: by-stance
MATCH (s:Statement)
WHERE EXISTS { (s)-[v:TOWARD]->() WHERE v.stance IN $stances }
WITH s

// name: by-position
MATCH (x:Position)<-[v:TAKES]-(s:Statement)
WHERE x.id IN $positions AND ($agreements IS NULL OR v.agreement IN $agreements)
    AND ($issues IS NULL OR EXISTS { (x)-[:ON]->(i:Issue) WHERE i.id IN $issues })
WITH DISTINCT s

// name: by-issue
MATCH (i:Issue)<-[:ON]-(:Position)<-[v:TAKES]-(s:Statement)
WHERE i.id IN $issues AND ($agreements IS NULL OR v.agreement IN $agreements)
WITH DISTINCT s

// name: by-agreement
MATCH (s:Statement)
WHERE EXISTS { (s)-[v:TAKES]->() WHERE v.agreement IN $agreements }
WITH s

// name: by-place
MATCH (x:Place)<-[:ABOUT]-(s:Statement)
WHERE x.id IN $places
WITH DISTINCT s

// name: by-article
MATCH (x:Article)<-[:REPORTED_IN]-(s:Statement)
WHERE x.id IN $articles
WITH DISTINCT s

// name: by-outlet
MATCH (x:Outlet)<-[:PUBLISHED_BY]-(:Article)<-[:REPORTED_IN]-(s:Statement)
WHERE x.id IN $outlets
WITH DISTINCT s

// name: of-run
MATCH (s:Statement)-[:PRODUCED_BY]->(r:Run)
WHERE r.extractor IN $extractors
WITH s

// name: of-article
MATCH (s:Statement)-[:REPORTED_IN]->(a:Article)
WHERE ($languages IS NULL OR a.language IN $languages)
    AND ($publishedFrom IS NULL OR a.published >= $publishedFrom) AND ($publishedTo IS NULL OR a.published <= $publishedTo)
WITH s

// name: of-statement
MATCH (s:Statement)
WHERE ($acts IS NULL OR s.act IN $acts) AND ($quoteTypes IS NULL OR s.quoteType IN $quoteTypes)
    AND s.confidence >= $minConfidence
    AND ($saidFrom IS NULL OR s.saidOn >= $saidFrom) AND ($saidTo IS NULL OR s.saidOn <= $saidTo)
WITH s

// name: as-node
WITH s AS n
WHERE n:Standing

// name: actors
MATCH (n:Actor)
WHERE ($kinds IS NULL OR n.kind IN $kinds) AND ($partOf IS NULL OR EXISTS { (n)-[:PART_OF]->(w:Actor) WHERE w.id IN $partOf })

// name: issues
MATCH (n:Issue)
WHERE true

// name: places
MATCH (n:Place)
WHERE true

// name: articles
MATCH (n:Article)
WHERE ($outlets IS NULL OR EXISTS { (n)-[:PUBLISHED_BY]->(o:Outlet) WHERE o.id IN $outlets })
    AND ($languages IS NULL OR n.language IN $languages)
    AND ($publishedFrom IS NULL OR n.published >= $publishedFrom) AND ($publishedTo IS NULL OR n.published <= $publishedTo)

// name: positions
MATCH (n:Position)
WHERE ($issues IS NULL OR EXISTS { (n)-[:ON]->(o:Issue) WHERE o.id IN $issues })
    AND ($objects IS NULL OR EXISTS { (n)-[:CONCERNS]->(o:Actor) WHERE o.id IN $objects })
    AND ($places IS NULL OR EXISTS { (n)-[:IN]->(o:Place) WHERE o.id IN $places })

// name: count
RETURN count(*) AS total

// The pages of lists, by their sort. A page begins after the cursor, or after
// what is less than every value. (Said with OR, it would be two
// scans.)

// name: page-sort
AND n.sort >= $after AND CASE n.sort WHEN $after THEN n.id > $afterId ELSE true END
RETURN n.id AS id, n.sort AS cursor ORDER BY n.sort, n.id LIMIT $limit

// name: page-newest
AND n.newest >= $after AND CASE n.newest WHEN $after THEN n.id > $afterId ELSE true END
RETURN n.id AS id, n.newest AS cursor ORDER BY n.newest, n.id LIMIT $limit

// name: page-oldest
AND n.oldest >= $after AND CASE n.oldest WHEN $after THEN n.id > $afterId ELSE true END
RETURN n.id AS id, n.oldest AS cursor ORDER BY n.oldest, n.id LIMIT $limit

// name: page-doubt
AND n.doubt >= $after AND CASE n.doubt WHEN $after THEN n.id > $afterId ELSE true END
RETURN n.id AS id, n.doubt AS cursor ORDER BY n.doubt, n.id LIMIT $limit

// name: page-place
AND n.place >= $after AND CASE n.place WHEN $after THEN n.id > $afterId ELSE true END
RETURN n.id AS id, n.place AS cursor ORDER BY n.place, n.id LIMIT $limit
