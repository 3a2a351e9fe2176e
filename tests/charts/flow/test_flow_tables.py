"""The CSV for the R package PRISMA2020, read as its `PRISMA_data()` reads it."""

import csv
import io
import re
from dataclasses import replace

import pytest

from evidence.charts.flow.flow_picture import flow_picture
from evidence.charts.flow.flow_tables import boxes_table
from evidence.exports.picture_files import PictureFormat, picture_file
from evidence.synthesis.flow.prisma_flow import Arm, Flow, FlowSource, SourceKind
from tests.charts.conftest import HOSTILE
from tests.charts.flow.test_flow_picture import FLOW, NEW, TEMPLATES

KEYS = """
previous_studies previous_reports database_results database_specific_results
register_results register_specific_results website_results organisation_results
citations_results duplicates excluded_automatic excluded_other records_screened
records_excluded dbr_sought_reports dbr_notretrieved_reports other_sought_reports
other_notretrieved_reports dbr_assessed dbr_excluded other_assessed other_excluded
new_studies new_reports total_studies total_reports total_studies_ma total_reports_ma
identification screening included
"""


def read(flow: Flow) -> list[dict[str, str]]:
    """The rows of the file; without a byte order mark, which R takes for part of a name."""
    made = picture_file(flow_picture(flow), PictureFormat.CSV)
    return list(csv.DictReader(io.StringIO(made.data.decode())))


def numbers(flow: Flow) -> dict[str, str]:
    return {row["data"]: row["n"] for row in read(flow) if row["data"] != "NA"}


def parted(text: str) -> list[tuple[str, int]]:
    """A list of names and numbers, as `PRISMA_parse_reasons_` parts it."""
    if re.fullmatch("[0-9,]*", text):
        return [("", int(text))]
    parts = re.split("; ?", text)
    return [(part.split(",", 1)[0], int(part.split(",", 1)[1])) for part in parts]


def test_it_has_the_columns_and_each_key_once() -> None:
    rows = read(FLOW)
    assert list(rows[0]) == [
        "data",
        "node",
        "box",
        "description",
        "boxtext",
        "tooltips",
        "url",
        "n",
    ]
    assert sorted(row["data"] for row in rows if row["data"] != "NA") == sorted(KEYS.split())
    assert {row["box"] for row in rows} >= {f"box{n}" for n in range(1, 18)}
    nodes = [row["node"] for row in rows if row["node"] != "NA"]
    assert sorted(nodes) == sorted(f"node{n}" for n in range(1, 24))


def test_every_number_of_the_diagram_is_in_it() -> None:
    found = numbers(FLOW)
    assert found["database_results"] == "1500"
    assert found["database_specific_results"] == "PubMed, 1500"
    assert found["dbr_excluded"] == "Not about recovery, 7"
    assert found["other_sought_reports"] == "4"
    assert (found["previous_studies"], found["total_reports"]) == ("20", "24")


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_package_leaves_out_what_a_template_lacks(name: str) -> None:
    found = numbers(TEMPLATES[name][0])
    others = [found[f"{kind}_results"] for kind in ("website", "organisation", "citations")]
    assert ("NA" in others) == ("other methods" not in name)
    assert (found["previous_studies"] == "NA") == ("updated" not in name)
    assert (found["total_studies"] == "NA") == ("updated" not in name)


def test_lists_are_parted_at_commas_of_ours_only() -> None:
    sources = tuple(
        FlowSource(name=name, kind=SourceKind.DATABASE, records=3)
        for name in ("Medline, Ovid; 1946-", 'L\'Index "x" \\n', "2019", *HOSTILE)
    )
    found = numbers(Flow(sources=sources))["database_specific_results"]
    assert [n for _, n in parted(found)] == [3] * len(sources)
    assert not set("'\"\\") & set(found)
    assert parted(numbers(NEW)["register_specific_results"]) == [("", 0)]
    assert parted(numbers(replace(NEW, searched=Arm()))["dbr_excluded"]) == [("", 0)]


def test_a_name_that_begins_as_a_formula_does_not_run() -> None:
    flow = Flow(sources=(FlowSource(name="=1+1", kind=SourceKind.DATABASE, records=3),))
    assert numbers(flow)["database_specific_results"] == "'=1+1, 3"


def test_sources_without_a_box_of_their_own_are_counted_and_named() -> None:
    sources = (
        FlowSource(name="Shelf", kind=SourceKind.OTHER, records=3),
        FlowSource(name="Office", kind=SourceKind.ORGANISATION, records=2),
    )
    flow = Flow(sources=sources, other=Arm(sought=5))
    row = next(row for row in read(flow) if row["data"] == "organisation_results")
    assert (row["n"], row["boxtext"]) == ("5", "Organisations and other sources")


def test_the_table_on_the_page_tells_the_two_ways_apart() -> None:
    rows = boxes_table(FLOW).rows
    sought = [row for row in rows if row[1] == "Reports sought for retrieval"]
    assert [(row[0], row[3]) for row in sought] == [
        ("databases and registers", 10),
        ("other methods", 4),
    ]
    assert ("", "New in this version", "Studies", 2) in rows
