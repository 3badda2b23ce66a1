"""Reads an export as others do and prints what it holds as JSON.

usage: read.py READER FILE
"""
import csv
import json
import math
import sys


def clean(attributes, *drop):
    """The attributes that have a value."""
    kept = {}
    for name, value in attributes.items():
        if name in drop or value is None or value == "":
            continue
        if isinstance(value, float) and math.isnan(value):
            continue
        kept[name] = value
    return kept


def of_networkx(graph):
    edges = [
        dict(clean(data), source=source, target=target)
        for source, target, data in graph.edges(data=True)
    ]
    return {
        "directed": graph.is_directed(),
        "nodes": {node: clean(data) for node, data in graph.nodes(data=True)},
        "edges": edges,
    }


def of_igraph(graph):
    names = graph.vs["id"]
    return {
        "directed": graph.is_directed(),
        "nodes": {v["id"]: clean(v.attributes(), "id") for v in graph.vs},
        "edges": [
            dict(clean(e.attributes(), "id"), source=names[e.source], target=names[e.target])
            for e in graph.es
        ],
    }


def read(reader, path):
    if reader == "csv":
        csv.field_size_limit(1 << 30)
        with open(path, encoding="utf-8", newline="") as file:
            return {"rows": list(csv.DictReader(file))}
    if reader == "pandas-csv":
        import pandas

        frame = pandas.read_csv(path, keep_default_na=False, dtype=str)
        return {"rows": frame.to_dict(orient="records")}
    if reader == "ndjson":
        with open(path, encoding="utf-8", newline="\n") as file:
            return {"rows": [json.loads(line) for line in file]}
    if reader == "igraph-graphml":
        sys.modules["matplotlib"] = None  # only to draw
        import igraph

        return of_igraph(igraph.Graph.Read_GraphML(path))
    import networkx

    if reader == "networkx-graphml":
        return of_networkx(networkx.read_graphml(path, force_multigraph=True))
    if reader == "networkx-gexf":
        return of_networkx(networkx.read_gexf(path))
    if reader == "networkx-cytoscape":
        with open(path, encoding="utf-8") as file:
            return of_networkx(networkx.cytoscape_graph(json.load(file)))
    raise SystemExit(f"there is no reader {reader}")


json.dump(read(sys.argv[1], sys.argv[2]), sys.stdout)
