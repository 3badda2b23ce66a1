"""Reads JSON-LD with rdflib and prints statements and evidence as JSON.

usage: linked.py FILE
"""
import collections
import json
import sys

from rdflib import Graph, Namespace, RDF

SCHEMA = Namespace("https://schema.org/")
OA = Namespace("http://www.w3.org/ns/oa#")
TERM = Namespace("urn:mawqif:term:")

graph = Graph()
graph.parse(sys.argv[1], format="json-ld")


def short(iri):
    return str(iri).removeprefix("urn:mawqif:")


def one(subject, predicate):
    """The value of a property as Python has it; None if there is none."""
    values = list(graph.objects(subject, predicate))
    if len(values) > 1:
        raise SystemExit(f"{subject} has {len(values)} values of {predicate}")
    if not values:
        return None
    value = values[0]
    if hasattr(value, "toPython") and hasattr(value, "datatype"):
        python = value.toPython()
        return python if isinstance(python, (int, float, str)) else str(value)
    return short(value)


def set_of(subject, predicate):
    return sorted(short(o) for o in graph.objects(subject, predicate))


def names(subject, predicate):
    return sorted([o.language or "", str(o)] for o in graph.objects(subject, predicate))


statements = {}
for s in graph.subjects(RDF.type, SCHEMA.Quotation):
    statements[short(s)] = {
        "text": one(s, SCHEMA.text), "creator": one(s, SCHEMA.creator), "role": one(s, TERM.role),
        "onBehalfOf": one(s, TERM.onBehalfOf), "act": one(s, TERM.act), "quoteType": one(s, TERM.quoteType),
        "cue": one(s, TERM.cue), "said": one(s, SCHEMA.dateCreated), "precision": one(s, TERM.datePrecision),
        "origin": one(s, TERM.dateOrigin), "relayedVia": one(s, TERM.relayedVia), "confidence": one(s, TERM.confidence),
        "utterance": one(s, TERM.utterance), "article": one(s, SCHEMA.isPartOf), "run": one(s, TERM.run),
        "places": set_of(s, SCHEMA.contentLocation),
        "targets": sorted([one(t, TERM.actor), one(t, TERM.stance), one(t, TERM.mention)] for t in graph.objects(s, TERM.toward)),
        "positions": sorted([one(t, TERM.position), one(t, TERM.agreement)] for t in graph.objects(s, TERM.takes)),
        "evidence": [],
    }
for a in graph.subjects(RDF.type, OA.Annotation):
    target = graph.value(a, OA.hasTarget)
    found = {"role": one(a, TERM.role), "source": one(target, OA.hasSource)}
    for selector in graph.objects(target, OA.hasSelector):
        kind = graph.value(selector, RDF.type)
        if kind == OA.TextPositionSelector:
            found["start"], found["end"] = one(selector, OA.start), one(selector, OA.end)
        elif kind == OA.TextQuoteSelector:
            found["exact"] = one(selector, OA.exact)
            found["around"] = [one(selector, OA.prefix), one(selector, OA.suffix)]
    statements[one(a, OA.hasBody)]["evidence"].append(found)

json.dump(
    {
        "types": collections.Counter(str(o) for o in graph.objects(None, RDF.type)),
        "statements": statements,
        "names": {short(s): names(s, SCHEMA.name) for s in set(graph.subjects(SCHEMA.name))},
        "claims": {short(s): names(s, SCHEMA.text) for s in graph.subjects(RDF.type, SCHEMA.Claim)},
        "bodies": {short(s): one(s, SCHEMA.articleBody) for s in graph.subjects(RDF.type, SCHEMA.NewsArticle)},
    },
    sys.stdout,
)
