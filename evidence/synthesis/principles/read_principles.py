"""Read a set of principles from YAML or CSV, or say everything that is wrong with the file.

data/principles has an example of the YAML; `COLUMNS` are those of the CSV. A file is taken as a
whole or refused as a whole, since a principle that is left out would be missed by nobody.
"""

import csv
from collections.abc import Iterator
from io import StringIO

import yaml

from evidence.coding.yaml_reader import MAX_HELP, YamlReader
from evidence.errors import Invalid
from evidence.synthesis.principles.principle_set import (
    Principle,
    PrincipleName,
    PrincipleSet,
    PrincipleVersion,
    faults_in,
)

COLUMNS = ("version", "source", "place", "number", "principle", "grade", "corresponds to")
NEEDED = ("version", "number", "principle")
SHOWN = 12  # faults in one message
MOST_ROWS = 2_000
_SET = {"title": True, "versions": True, "corresponds": False}
_VERSION = {"name": True, "source": False, "place": False, "grades": False, "principles": True}
_PRINCIPLE = {"number": True, "text": True, "grade": False}


def read_principles(text: str, name: str, uid: str) -> PrincipleSet:
    """The set of a file.

    Args:
        text: YAML, or CSV where the name ends so.
        name: of the file, as people know it.
        uid: for the set.

    Raises:
        Invalid: with the faults, each with file and line, as far as it has one.
    """
    if not text.strip():
        raise Invalid(f"{name}: the file is empty.")
    if name.casefold().endswith(".csv"):
        return _of_csv(text, name, uid)
    return _of_yaml(text, name, uid)


def _of_yaml(text: str, name: str, uid: str) -> PrincipleSet:
    reader = YamlReader(name)
    root = reader.open(text)
    read = _set(reader, root, uid) if root is not None else None
    faults = reader.listed()
    if read is not None and not faults:
        faults = [f"{name}: {fault}" for fault in faults_in(read)]
    if faults or read is None:
        raise _refused(faults)
    return read


def _set(reader: YamlReader, root: yaml.Node, uid: str) -> PrincipleSet:
    values = reader.fields(root, "a set of principles", _SET)
    return PrincipleSet(
        uid=uid,
        title=reader.text(values.get("title"), "title"),
        versions=tuple(
            _version(reader, node) for node in reader.items(values.get("versions"), "versions")
        ),
        pairs=tuple(
            pair
            for node in reader.items(values.get("corresponds"), "corresponds")
            for pair in _pair(reader, node)
        ),
    )


def _version(reader: YamlReader, node: yaml.Node) -> PrincipleVersion:
    values = reader.fields(node, "a version", _VERSION)
    return PrincipleVersion(
        name=reader.text(values.get("name"), "name"),
        source=reader.text(values.get("source"), "source"),
        place=reader.text(values.get("place"), "place"),
        grades=tuple(
            reader.text(each, "grades") for each in reader.items(values.get("grades"), "grades")
        ),
        principles=tuple(
            _principle(reader, each)
            for each in reader.items(values.get("principles"), "principles")
        ),
    )


def _principle(reader: YamlReader, node: yaml.Node) -> Principle:
    values = reader.fields(node, "a principle", _PRINCIPLE)
    return Principle(
        number=reader.text(values.get("number"), "number"),
        text=reader.text(values.get("text"), "text", MAX_HELP),
        grade=reader.text(values.get("grade"), "grade"),
    )


def _pair(reader: YamlReader, node: yaml.Node) -> Iterator[tuple[PrincipleName, PrincipleName]]:
    words = [reader.text(each, "corresponds") for each in reader.items(node, "corresponds")]
    names = [_name(word) for word in words]
    if len(names) != 2 or None in names:  # noqa: PLR2004 - a pair
        reader.fault(node, "Two principles correspond: write them as `[2004/1, 2012/1]`.")
        return
    first, second = names
    if first and second:
        yield first, second


def _name(text: str) -> PrincipleName | None:
    version, slash, number = text.strip().partition("/")
    if not slash or not version or not number:
        return None
    return PrincipleName(version=version.strip(), number=number.strip())


def _of_csv(text: str, name: str, uid: str) -> PrincipleSet:
    reader = csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline=""))
    head = [(each or "").strip().casefold() for each in reader.fieldnames or ()]
    reader.fieldnames = head
    lacking = [column for column in NEEDED if column not in head]
    if lacking:
        raise Invalid(
            f"{name}:1: there is no column “{lacking[0]}”. A table of principles has the columns "
            f"{', '.join(COLUMNS)}, of which {', '.join(NEEDED)} are needed."
        )
    rows: list[tuple[int, dict[str, str]]] = []
    faults: list[str] = []
    for row in reader:
        cells = {key: (row.get(key) or "").strip() for key in COLUMNS}
        if not any(cells.values()):
            continue
        if len(rows) == MOST_ROWS:
            faults.append(f"{name}: a table has up to {MOST_ROWS:,} principles.")
            break
        rows.append((reader.line_num, cells))
        faults += [
            f"{name}:{reader.line_num}: “{key}” is empty." for key in NEEDED if not cells[key]
        ]
    pairs: list[tuple[PrincipleName, PrincipleName]] = []
    for line, cells in rows:
        own = PrincipleName(version=cells["version"], number=cells["number"])
        for word in filter(None, map(str.strip, cells["corresponds to"].split(";"))):
            other = _name(word)
            if other is None:
                faults.append(f"{name}:{line}: “{word}” names no principle; write it as `2012/1`.")
            elif (other, own) not in pairs:
                pairs.append((own, other))
    read = PrincipleSet(
        uid=uid,
        title=name.rsplit("/", 1)[-1].rsplit(".", 1)[0],
        versions=_versions([cells for _, cells in rows]),
        pairs=tuple(pairs),
    )
    faults = faults or [f"{name}: {fault}" for fault in faults_in(read)]
    if faults:
        raise _refused(faults)
    return read


def _versions(rows: list[dict[str, str]]) -> tuple[PrincipleVersion, ...]:
    """Versions and grades in the order in which they come first."""
    by_version: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_version.setdefault(row["version"], []).append(row)
    return tuple(
        PrincipleVersion(
            name=name,
            source=next((row["source"] for row in some if row["source"]), ""),
            place=next((row["place"] for row in some if row["place"]), ""),
            grades=tuple(dict.fromkeys(row["grade"] for row in some if row["grade"])),
            principles=tuple(
                Principle(number=row["number"], text=row["principle"], grade=row["grade"])
                for row in some
            ),
        )
        for name, some in by_version.items()
    )


def csv_rows(given: PrincipleSet) -> Iterator[tuple[str, ...]]:
    """The set as rows under `COLUMNS`, which `read_principles` reads again."""
    for version in given.versions:
        for each in version.principles:
            own = PrincipleName(version=version.name, number=each.number)
            yield (
                version.name,
                version.source,
                version.place,
                each.number,
                each.text,
                each.grade,
                "; ".join(other.line for other in given.corresponding(own)),
            )


def _refused(faults: list[str]) -> Invalid:
    left = len(faults) - SHOWN
    more = [f"And {left:,} more; mend these first."] if left > 0 else []
    return Invalid("\n".join(["The principles cannot be used:", *faults[:SHOWN], *more]))
