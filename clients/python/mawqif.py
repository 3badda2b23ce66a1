"""Client of a mawqif server: questions in, data frames out.

One file, with nothing but the standard library: copy it beside your script.
Where pandas is installed, answers are data frames; else lists of rows, each a
dictionary.

    >>> import mawqif
    >>> graph = mawqif.connect("http://127.0.0.1:8080")
    >>> graph.statements({"speaker": ["state/us"], "rollUp": True}, limit=50)
    >>> graph.stances({"issue": ["sanctions"]}, by=["SPEAKER", "POSITION"])
    >>> graph.network(settings={"type": "ONE_MODE", "aggregation": "CONGRUENCE"})

Filters and settings are those of the API (StatementFilter, NetworkSettings), as
dictionaries; docs/api.md explains them. For any other question there is query().
"""
import json
import urllib.error
import urllib.request

__all__ = ["connect", "Client", "Error"]


class Error(Exception):
    """What the server, or the way to it, has to say. code is the server's
    (extensions.code of GraphQL), or None if it was not reached."""

    def __init__(self, message, code=None):
        super().__init__(message)
        self.code = code


def connect(url="http://127.0.0.1:8080", timeout=30, frames=None):
    """A client of the server at url. timeout is in seconds. frames says whether
    answers are data frames; by default they are if pandas is installed."""
    return Client(url, timeout, frames)


_STATEMENT = """
  id act content quoteType cue confidence utterance recordedAt role
  saidAt { date precision origin }
  speaker { id key kind name(lang: $lang) }
  onBehalfOf { id key kind name(lang: $lang) }
  targets { stance mention actor { id name(lang: $lang) } }
  positions { agreement position { id proposition(lang: $lang) issue { key name(lang: $lang) } } }
  places { id name(lang: $lang) }
  article { id title url language publishedAt outlet { id name(lang: $lang) } }
  run { id extractor version codebook }
"""

_GROUP = """
  from negative neutral positive count mean firstSaid lastSaid
  target { id name(lang: $lang) }
  position { id proposition(lang: $lang) }
  issue { id key name(lang: $lang) }
"""


class Client:
    def __init__(self, url, timeout=30, frames=None):
        self.url = url.rstrip("/")
        self.timeout = timeout
        self._pandas = None
        if frames is not False:
            try:
                import pandas

                self._pandas = pandas
            except ImportError:
                if frames:
                    raise Error("there is no pandas for data frames: install it, or take rows with frames=False") from None

    def query(self, document, **variables):
        """The data that answer a GraphQL document, as dictionaries and lists."""
        body = json.dumps({"query": document, "variables": variables}).encode()
        request = urllib.request.Request(
            self.url + "/graphql", body, {"Content-Type": "application/json", "Accept": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as response:
                answer = response.read()
        except urllib.error.HTTPError as error:
            answer = error.read()
            if not answer.startswith(b"{"):
                raise Error(f"{self.url} answers with status {error.code}: {answer[:200].decode(errors='replace')}") from None
        except OSError as error:
            raise Error(f"there is no answer from {self.url}: {error}; does mawqif serve run there?") from None
        try:
            answer = json.loads(answer)
        except ValueError:
            raise Error(f"{self.url} does not answer as a mawqif server does") from None
        for fault in answer.get("errors") or ():
            raise Error(fault.get("message", "unknown fault"), fault.get("extensions", {}).get("code"))
        return answer["data"]

    def statements(self, filter=None, order="NEWEST_FIRST", limit=None, lang="en", page=50):
        """Statements that match, a row each, at most limit of them. Targets,
        positions and places are lists of dictionaries."""
        document = (
            "query($filter: StatementFilter, $order: StatementOrder!, $first: Int!, $after: String, $lang: String!) {"
            " statements(filter: $filter, orderBy: $order, first: $first, after: $after) {"
            " pageInfo { hasNextPage endCursor } edges { node {" + _STATEMENT + "} } } }"
        )
        rows, after = [], None
        while limit is None or len(rows) < limit:
            first = page if limit is None else min(page, limit - len(rows))
            found = self.query(document, filter=filter, order=order, first=first, after=after, lang=lang)["statements"]
            rows += [_flat(edge["node"]) for edge in found["edges"]]
            if not found["pageInfo"]["hasNextPage"]:
                break
            after = found["pageInfo"]["endCursor"]
        return self._frame(rows, ["id"])

    def stances(self, filter=None, by=("SPEAKER", "POSITION"), interval="MONTH", unit="STATEMENT", limit=1000, lang="en"):
        """Who stands where: a row for each group of statements."""
        document = (
            "query($filter: StatementFilter, $by: [StanceDimension!]!, $interval: Interval!, $unit: CountUnit!, $limit: Int!, $lang: String!) {"
            " stances(filter: $filter, by: $by, interval: $interval, unit: $unit, limit: $limit) {"
            " speaker { id name(lang: $lang) } onBehalfOf { id name(lang: $lang) }" + _GROUP + "} }"
        )
        found = self.query(document, filter=filter, by=list(by), interval=interval, unit=unit, limit=limit, lang=lang)
        return self._frame([_flat(row) for row in found["stances"]], ["count"])

    def timeline(self, filter=None, toward="ISSUE", interval="MONTH", unit="STATEMENT", limit=1000, lang="en"):
        """How stances change: a row for each stretch of time and object."""
        document = (
            "query($filter: StatementFilter, $toward: StanceObject!, $interval: Interval!, $unit: CountUnit!, $limit: Int!, $lang: String!) {"
            " timeline(filter: $filter, toward: $toward, interval: $interval, unit: $unit, limit: $limit) {" + _GROUP + "} }"
        )
        found = self.query(document, filter=filter, toward=toward, interval=interval, unit=unit, limit=limit, lang=lang)
        return self._frame([_flat(row) for row in found["timeline"]], ["from"], dates=["from", "firstSaid", "lastSaid"])

    def matrix(self, filter=None, actor="INSTITUTION", toward="POSITION", interval=None, unit="STATEMENT", limit=1000, lang="en"):
        """Actors by what they take stances on: a row for each cell, with the
        bounds of its mean (low, high)."""
        document = (
            "query($filter: StatementFilter, $actor: ActorLevel, $toward: StanceObject!, $interval: Interval, $unit: CountUnit!, $limit: Int!, $lang: String!) {"
            " matrix(filter: $filter, actor: $actor, toward: $toward, interval: $interval, unit: $unit, limit: $limit) {"
            " actor { id name(lang: $lang) } low high" + _GROUP + "} }"
        )
        found = self.query(document, filter=filter, actor=actor, toward=toward, interval=interval, unit=unit, limit=limit, lang=lang)
        return self._frame([_flat(row) for row in found["matrix"]], ["count"])

    def network(self, filter=None, settings=None):
        """A discourse network as a matrix: a data frame with the names of rows
        and columns, or a dictionary with rows, columns and values."""
        document = (
            "query($filter: StatementFilter, $settings: NetworkSettings!) {"
            " network(filter: $filter, settings: $settings) { rows { name } columns { name } values } }"
        )
        found = self.query(document, filter=filter, settings=settings or {})["network"]
        rows, columns = ([node["name"] for node in found[of]] for of in ("rows", "columns"))
        if self._pandas:
            return self._pandas.DataFrame(found["values"], index=rows, columns=columns)
        return {"rows": rows, "columns": columns, "values": found["values"]}

    def edges(self, filter=None, settings=None, limit=1000):
        """The edges of a discourse network, a row each, the strongest first."""
        document = (
            "query($filter: StatementFilter, $settings: NetworkSettings!, $limit: Int!) {"
            " network(filter: $filter, settings: $settings) { edges(first: $limit) {"
            " source { id name } target { id name } weight count negative positive } } }"
        )
        found = self.query(document, filter=filter, settings=settings or {}, limit=limit)["network"]["edges"]
        return self._frame([_flat(row) for row in found], ["weight"])

    def _frame(self, rows, columns, dates=()):
        """Rows as a data frame, if there is pandas; an empty one has columns.
        Every row has every column, with None where it has no value."""
        names = dict.fromkeys(name for row in rows for name in row)
        rows = [{name: row.get(name) for name in names} for row in rows]
        if not self._pandas:
            return rows
        frame = self._pandas.DataFrame(rows) if rows else self._pandas.DataFrame(columns=columns)
        for name in dates:
            if name in frame:
                frame[name] = self._pandas.to_datetime(frame[name])
        return frame


# What may be missing as a whole: its parts are missing then.
_OBJECTS = {"saidAt", "speaker", "onBehalfOf", "outlet", "target", "position", "issue", "actor"}


def _flat(row, before=""):
    """A dictionary without dictionaries in it: {"a": {"b": 1}} is {"a_b": 1}."""
    flat = {}
    for name, value in row.items():
        if isinstance(value, dict):
            flat.update(_flat(value, before + name + "_"))
        elif value is not None or name not in _OBJECTS:
            flat[before + name] = value
    return flat
