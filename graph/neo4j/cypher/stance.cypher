// name: toward
MATCH (s:Statement)-[v:TOWARD]->(x:Actor)
WHERE ($targets IS NULL OR x.id IN $targets) AND ($stances IS NULL OR v.stance IN $stances)
WITH s, x.id AS target, '' AS position, '' AS issue, v.stance AS value

// name: toward-rolled-up
MATCH (root:Actor)<-[:PART_OF*0..]-(x:Actor)<-[v:TOWARD]-(s:Statement)
WHERE root.id IN $targets AND ($stances IS NULL OR v.stance IN $stances)
WITH DISTINCT s, x.id AS target, '' AS position, '' AS issue, v.stance AS value

// name: takes
MATCH (s:Statement)-[v:TAKES]->(x:Position)-[:ON]->(i:Issue)
WHERE ($positions IS NULL OR x.id IN $positions) AND ($issues IS NULL OR i.id IN $issues)
    AND ($agreements IS NULL OR v.agreement IN $agreements)
WITH s, '' AS target, x.id AS position, i.id AS issue, v.agreement AS value

// name: that-stand
WITH s, target, position, issue, value
WHERE s:Standing

// name: that-stood
// At a moment.
WITH s, target, position, issue, value
WHERE s.recordedAt <= $asOf AND (s.supersededAt IS NULL OR s.supersededAt > $asOf)

// name: keys
// What is not grouped by is one group.
WITH s, value,
    CASE WHEN 'SPEAKER' IN $by THEN coalesce(head([(s)<-[:MADE]-(o) | o.id]), '') ELSE '' END AS speaker,
    CASE WHEN 'ON_BEHALF_OF' IN $by THEN coalesce(head([(s)-[:ON_BEHALF_OF]->(o) | o.id]), '') ELSE '' END AS behalf,
    CASE WHEN 'TARGET' IN $by THEN target ELSE '' END AS target,
    CASE WHEN 'POSITION' IN $by THEN position ELSE '' END AS position,
    CASE WHEN 'ISSUE' IN $by THEN issue ELSE '' END AS issue,
    CASE WHEN 'INTERVAL' IN $by AND s.saidOn IS NOT NULL THEN date.truncate($interval, s.saidOn) END AS since,
    CASE $unit WHEN 'ARTICLE' THEN s.article ELSE s.id END AS unit

// name: groups
WITH speaker, behalf, target, position, issue, since, value,
    count(DISTINCT unit) AS n, min(s.saidOn) AS firstOfValue, max(s.saidOn) AS lastOfValue
WITH speaker, behalf, target, position, issue, since,
    sum(CASE value WHEN -1 THEN n ELSE 0 END) AS negative, sum(CASE value WHEN 0 THEN n ELSE 0 END) AS neutral,
    sum(CASE value WHEN 1 THEN n ELSE 0 END) AS positive, min(firstOfValue) AS first, max(lastOfValue) AS last
RETURN speaker, behalf, target, position, issue, since, negative, neutral, positive, first, last
ORDER BY negative + neutral + positive DESC, speaker, behalf, target, position, issue, since IS NULL, since
LIMIT $limit

// name: takings
MATCH (s)-[:REPORTED_IN]->(a:Article)
RETURN s.id AS statement, a.id AS article, [(a)-[:PUBLISHED_BY]->(o) | o.id] AS outlet,
    [(s)<-[:MADE]-(o) | o.id] AS speaker, [(s)-[:ON_BEHALF_OF]->(o) | o.id] AS behalf,
    position, issue, target, value, s.saidOn AS said, a.published AS published, s.utterance AS utterance
ORDER BY statement, position, target
