"""Asks a server with the Python client and prints the answers as JSON.

usage: ask.py CLIENT_FOLDER URL frames|rows
"""
import json
import sys

sys.path.insert(0, sys.argv[1])
import mawqif

frames = sys.argv[3] == "frames"
graph = mawqif.connect(sys.argv[2], frames=frames)


def rows(answer):
    if not frames:
        return answer
    import pandas

    assert isinstance(answer, pandas.DataFrame), type(answer)
    return json.loads(answer.to_json(orient="records", date_format="iso"))


network = graph.network(settings={"type": "ONE_MODE", "rows": "STATE", "aggregation": "CONGRUENCE"})
if frames:
    network = {"rows": list(network.index), "columns": list(network.columns), "values": network.values.tolist()}
try:
    graph.query("{ nonsense }")
    fault = None
except mawqif.Error as error:
    fault = {"message": str(error), "code": error.code}
try:
    mawqif.connect("http://127.0.0.1:1").query("{ stats { statements } }")
    unreachable = None
except mawqif.Error as error:
    unreachable = str(error)

json.dump(
    {
        "statements": rows(graph.statements()),
        "arabic": rows(graph.statements({"language": "ar", "act": "REQUEST"}, limit=3, lang="ar")),
        "none": rows(graph.statements({"speaker": ["person/nobody"]})),
        "stances": rows(graph.stances(by=["SPEAKER", "ISSUE"])),
        "timeline": rows(graph.timeline(interval="YEAR")),
        "matrix": rows(graph.matrix(actor="STATE", toward="ISSUE")),
        "edges": rows(graph.edges(settings={"rows": "STATE"})),
        "network": network,
        "fault": fault,
        "unreachable": unreachable,
    },
    sys.stdout,
)
