"""The files of the example review fit each other, the coding scheme, and the facts they rest on."""

import csv
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from evidence.coding.answers import Answer, faults_in, missing_answers
from evidence.coding.findings import Direction, Finding, Significance, finding_faults, hints
from evidence.coding.read_scheme import load
from evidence.coding.scheme import Axis

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "data" / "example"
SHARED = ROOT / ".." / "shared"

Fields = dict[str, list[str]]
Rows = list[dict[str, str]]

# What outcomes.csv calls an outcome or a contrast, and what the scheme calls it.
OUTCOMES = {
    "all non-vocational": "non-vocational-together",
    "behavioural outcomes": "other-non-vocational",
    "empowerment": "empowerment",
    "engagement in daily living": "daily-living",
    "family burden": "family-burden",
    "financial": "income",
    "global functioning": "global-functioning",
    "hospitalisation": "hospitalisation",
    "housing": "housing",
    "independent living": "independent-living",
    "medication compliance": "medication",
    "mental-health symptoms": "symptoms",
    "quality of life": "quality-of-life",
    "satisfaction with life": "quality-of-life",
    "self-efficacy": "self-efficacy",
    "self-esteem": "self-esteem",
    "service satisfaction": "service-satisfaction",
    "service use": "service-use",
    "social capital": "social-capital",
    "social functioning": "social-functioning",
}
CONTRASTS = {
    "between allocated arms": "allocated-arms",
    "by work status within cohort": "work-status",
    "before-after, one group": "before-after",
    "between sites": "sites",
    "cross-sectional groups": "cross-sectional",
}


def text(name: str) -> str:
    return (EXAMPLE / name).read_text(encoding="utf-8")


def table(name: str) -> Rows:
    return list(csv.DictReader(text(name).splitlines()))


def shared_table(name: str) -> Rows:
    path = SHARED / "domain" / name
    if not path.exists():
        pytest.skip("the verified facts in ../shared are not beside the repository")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_ris(content: str) -> dict[str, Fields]:
    records: dict[str, Fields] = {}
    for entry in re.findall(r"^TY  - .*?^ER  - $", content, re.DOTALL | re.MULTILINE):
        fields: Fields = {}
        for tag, value in re.findall(r"^([A-Z][A-Z0-9])  - (.*)$", entry, re.MULTILINE):
            fields.setdefault(tag, []).append(value)
        records[fields["ID"][0]] = fields
    return records


def read_bibtex(content: str) -> dict[str, Fields]:
    names = {"author": "AU", "title": "TI", "year": "PY", "volume": "VL", "number": "IS",
             "doi": "DO", "journal": "T2", "pmid": "AN", "pmcid": "C2"}  # fmt: skip
    records: dict[str, Fields] = {}
    for key, entry in re.findall(r"^@\w+\{([^,]+),\n(.*?)^\}$", content, re.DOTALL | re.MULTILINE):
        fields: Fields = {}
        for name, value in re.findall(r"^  (\w+) = \{(.*)\},?$", entry, re.MULTILINE):
            plain = value.replace(r"{\"a}", "ä").replace(r"{\`e}", "è")
            if name == "author":
                fields["AU"] = plain.replace("{", "").replace("}", "").split(" and ")
            elif name == "pages":
                fields.update(
                    zip(("SP", "EP"), ([p] for p in re.split("[-–]+", plain)), strict=False)
                )
            else:
                fields[names.get(name, name)] = [plain]
        records[key] = fields
    return records


def imports() -> dict[str, dict[str, Fields]]:
    """The records of each import file, by key."""
    read = {".ris": read_ris, ".bib": read_bibtex}
    return {
        path.name: read[path.suffix](path.read_text(encoding="utf-8"))
        for path in sorted((EXAMPLE / "imports").iterdir())
    }


IMPORTS = imports()
RECORDS = {key: fields for records in IMPORTS.values() for key, fields in records.items()}
REVIEW: dict[str, Any] = yaml.safe_load(text("review.yaml"))
STUDIES: list[dict[str, Any]] = yaml.safe_load(text("studies.yaml"))["studies"]
DECISIONS = table("decisions.csv")
DUPLICATES = table("duplicates.csv")
SCHEME = load((ROOT / "coding_schemes" / REVIEW["scheme"]).read_text(), REVIEW["scheme"])


def works() -> dict[str, str]:
    """Key of each record -> key that stands for its publication, once duplicates are settled."""
    stands_for = {key: key for key in RECORDS}
    for row in DUPLICATES:
        if row["verdict"] == "same":
            old, new = sorted((stands_for[row["key_a"]], stands_for[row["key_b"]]))
            stands_for = {k: new if v == old else v for k, v in stands_for.items()}
    return stands_for


WORK = works()


def answers(coded: dict[str, Any]) -> tuple[Answer, ...]:
    return tuple(
        Answer(
            question=question,
            codes=tuple(given.get("codes", ())),
            value=given.get("value", ""),
            note=given.get("note", ""),
        )
        for question, given in coded.items()
    )


def findings(study: dict[str, Any]) -> list[Finding]:
    return [
        Finding(
            **{
                **coded,
                "direction": Direction(coded["direction"]),
                "significance": Significance(coded.get("significance", "not reported")),
                "answers": answers(coded.get("answers", {})),
            }
        )
        for coded in study["findings"]
    ]


each_study = pytest.mark.parametrize("study", STUDIES, ids=lambda study: str(study["label"]))


# ── the files against each other ──────────────────────────────────────────────────────────────────


def test_every_import_file_belongs_to_one_source_which_says_that_nothing_was_searched() -> None:
    files = [source["file"] for source in REVIEW["sources"]]
    assert sorted(files) == [f"imports/{name}" for name in IMPORTS]
    kinds = {"database", "register", "website", "organisation", "citation searching", "other"}
    for source in REVIEW["sources"]:
        assert source["kind"] in kinds
        assert source["search_string"].startswith("No search was run.")


def test_every_entry_of_an_import_file_has_a_key_of_its_own() -> None:
    for name, records in IMPORTS.items():
        starts = re.findall(r"^(?:TY  - |@)", text(f"imports/{name}"), re.MULTILINE)
        assert len(starts) == len(records), name
    assert len(RECORDS) == sum(map(len, IMPORTS.values()))


def test_no_abstract_is_shipped() -> None:
    for name in IMPORTS:
        assert not re.search(
            r"^(AB|N2)  - |^\s*abstract\s*=", text(f"imports/{name}"), re.MULTILINE
        )
    assert not any("quotation" in finding for study in STUDIES for finding in study["findings"])


def test_the_demonstration_is_labelled() -> None:
    assert REVIEW["demonstration"] is True
    assert REVIEW["label"] == ("Demonstration: coded from abstracts by one reader; not findings")
    assert REVIEW["label"] in text("README.md")


def test_verdicts_about_duplicates_do_not_contradict_each_other() -> None:
    pairs = [frozenset((row["key_a"], row["key_b"])) for row in DUPLICATES]
    assert len(set(pairs)) == len(pairs)
    assert {row["verdict"] for row in DUPLICATES} == {"same", "different"}
    for row in DUPLICATES:
        together = WORK[row["key_a"]] == WORK[row["key_b"]]
        assert together == (row["verdict"] == "same"), row
        assert row["reason"]


def test_the_two_reviews_by_crowther_stay_two() -> None:
    cochrane = {"crowther2001cochrane", "s1-crowther2001", "s3-crowther2004"}
    assert len({WORK[key] for key in cochrane}) == 1
    assert WORK["crowther2001bmj"] not in {WORK[key] for key in cochrane}


def test_a_publication_is_decided_once_per_stage_and_exclusions_give_a_reason() -> None:
    decided = [(row["stage"], WORK[row["key"]]) for row in DECISIONS]
    assert len(set(decided)) == len(decided)
    assert {row["stage"] for row in DECISIONS} == {"title_abstract", "full_text"}
    verdicts = {"include", "exclude", "maybe", "not_retrieved"}
    assert {row["verdict"] for row in DECISIONS} == verdicts
    for row in DECISIONS:
        assert (row["reason"] in REVIEW["exclusion_reasons"]) == (row["verdict"] == "exclude"), row
        assert bool(row["reason"]) == (row["verdict"] == "exclude"), row


def test_full_text_is_decided_for_exactly_what_title_and_abstract_let_through() -> None:
    passed = {
        row["key"]
        for row in DECISIONS
        if (row["stage"], row["verdict"]) == ("title_abstract", "include")
    }
    assert passed == {row["key"] for row in DECISIONS if row["stage"] == "full_text"}


def test_every_decision_at_full_text_says_what_was_read() -> None:
    notes = [row["note"] for row in DECISIONS if row["stage"] == "full_text"]
    assert all(re.search("abstract|Only the|not seen", note) for note in notes)


def test_studies_hold_exactly_the_included_publications() -> None:
    included = sorted(
        WORK[row["key"]]
        for row in DECISIONS
        if (row["stage"], row["verdict"]) == ("full_text", "include")
    )
    linked = sorted(WORK[key] for study in STUDIES for key in study["works"])
    assert linked == included
    labels = [study["label"] for study in STUDIES]
    assert len(set(labels)) == len(labels)


def test_two_trials_of_143_people_are_two_studies() -> None:
    of = {key: study["label"] for study in STUDIES for key in study["works"]}
    assert len({of[key] for key in ("drake1996", "mueser1997", "torrey2000")}) == 1
    assert of["gold2006"] != of["drake1996"]


def test_the_readme_counts_what_is_there() -> None:
    readme = text("README.md")
    for name, records in IMPORTS.items():
        assert re.search(rf"`imports/{re.escape(name)}` \|.*\| {len(records)} \|", readme), name
    found = sum(len(study["findings"]) for study in STUDIES)
    assert (
        f"{len(RECORDS)} records in nine files, {len(set(WORK.values()))} publications once "
        f"duplicates are settled, {len(STUDIES)} studies with {found} findings"
    ) in readme


# ── the codings against the scheme ────────────────────────────────────────────────────────────────


@each_study
def test_answers_fit_the_scheme_and_complete_codings_are_complete(study: dict[str, Any]) -> None:
    given = answers(study["answers"])
    assert faults_in(SCHEME, given) == ()
    assert study["state"] in {"draft", "complete"}
    assert study["state"] == "draft" or missing_answers(SCHEME, given) == ()


@each_study
def test_findings_fit_the_scheme_and_the_answers(study: dict[str, Any]) -> None:
    given, found = answers(study["answers"]), findings(study)
    assert [fault for finding in found for fault in finding_faults(finding, SCHEME, given)] == []
    assert [hint for hint in hints(SCHEME, given, found) if not hint.startswith("Ticked")] == []


# ── the facts against their source ────────────────────────────────────────────────────────────────


def test_bibliographic_facts_are_those_that_were_verified() -> None:
    tags = {"title": "TI", "year": "PY", "volume": "VL", "issue": "IS", "doi": "DO"}
    verified = {row["study_id"]: row for row in shared_table("studies.csv")}
    own = {key: fields for key, fields in RECORDS.items() if not re.match(r"s\d-", key)}
    assert set(verified) - set(own) == {"becker2001", "lehman2002", "twamley2008"}, "no title seen"
    for key, fields in own.items():
        row = verified[key]
        for column, tag in tags.items():
            assert "".join(fields.get(tag, [])) == row[column], (key, column)
        pages = "-".join(fields.get("SP", []) + fields.get("EP", []))
        assert pages == row["pages"].rstrip("-"), key
        for author in set(fields.get("AU", [])) - {"others"}:
            assert author in row["authors"], (key, author)
        for number in fields.get("AN", []) + fields.get("C2", []):
            assert number in row["pmid_pmcid"] + row["verified_source"], (key, number)
        if "T2" in fields:
            assert fields["T2"] == [row["journal"]], key


def test_numbers_of_people_are_those_that_were_verified() -> None:
    verified = {row["study_id"]: row for row in shared_table("studies.csv")}
    columns = {"participants": "n_total", "participants-intervention": "n_intervention",
               "participants-comparison": "n_comparison"}  # fmt: skip
    for study in STUDIES:
        rows = [verified[key] for key in study["works"]]
        for question, column in columns.items():
            coded = study["answers"].get(question, {}).get("value", "")
            stated = {row[column] for row in rows} - {""}
            assert (coded in stated) if coded else not stated, (study["label"], column)
        for finding in study["findings"]:
            for column in ("n_intervention", "n_comparison"):
                n = finding.get(column)
                assert n is None or str(n) in {row[column] for row in rows}, study["label"]


def coded_outcomes() -> list[tuple[str, str, str, str]]:
    """Study, outcome, contrast and direction of each finding beside work itself."""
    beside_work = {o.id for o in SCHEME.axis(Axis.OUTCOME)[0].options}
    return [
        (study["label"], f["outcome"], f["contrast"], f["direction"])
        for study in STUDIES
        for f in study["findings"]
        if f["outcome"] in beside_work
    ]


def test_non_vocational_findings_are_the_outcomes_that_were_read() -> None:
    of = {key: study["label"] for study in STUDIES for key in study["works"]}
    stated = [
        (
            of[row["study_id"]],
            OUTCOMES[domain],
            CONTRASTS[re.sub(r" \(.*\)", "", row["contrast_type"])],
            row["direction"] if row["direction"] == "better" else "not stated",
        )
        for row in shared_table("outcomes.csv")
        if row["study_id"] not in {"becker2001", "twamley2008"}
        for domain in row["outcome_domain"].split("; ")
    ]
    # studies.csv has this one: no difference in victimisation and arrest.
    stated.append((of["chandler1996"], "crime", "allocated-arms", "not stated"))
    assert sorted(coded_outcomes()) == sorted(stated)


def test_vocational_findings_stand_only_where_vocational_outcomes_were_read() -> None:
    verified = {row["study_id"]: row for row in shared_table("studies.csv")}
    work = {option.id for option in SCHEME.axis(Axis.OUTCOME)[1].options}
    for study in STUDIES:
        if any(finding["outcome"] in work for finding in study["findings"]):
            assert any(verified[key]["vocational_outcomes_stated"] for key in study["works"])


def test_figures_in_a_measure_were_read_and_agree_with_the_direction() -> None:
    verified = {row["study_id"]: row for row in shared_table("studies.csv")}
    compared = 0
    for study in STUDIES:
        stated = " ".join(verified[key]["vocational_outcomes_stated"] for key in study["works"])
        for finding in study["findings"]:
            figures = re.search(r"\$?([\d.]+)%? v \$?([\d.]+)", finding.get("measure", ""))
            if figures:
                first, second = map(float, figures.groups())
                assert finding["direction"] == ("better" if first > second else "worse"), finding
                assert all(figure in stated for figure in figures.groups()), finding
                compared += 1
    assert compared > 5


def test_no_statement_of_an_abstract_is_copied() -> None:
    ours = re.sub(r"\s+", " ", text("studies.yaml")).lower()
    for row in shared_table("outcomes.csv"):
        for part in row["stated_text"].lower().split(" ... "):
            words = part.split()
            for start in range(len(words) - 5):
                assert " ".join(words[start : start + 6]) not in ours, part


def letters(words: str) -> str:
    return "".join(character for character in words.lower() if character.isalnum())


@pytest.mark.parametrize("number", range(5))
def test_reference_lists_are_taken_over_as_printed(number: int) -> None:
    found = sorted((SHARED / "seeds").glob(f"00{number}_*.txt"))
    if not found:
        pytest.skip("the documents in ../shared are not beside the repository")
    printed = letters(found[0].read_text(encoding="utf-8").replace("*", ""))
    records = {key: fields for key, fields in RECORDS.items() if key.startswith(f"s{number}-")}
    assert records
    for key, fields in records.items():
        for tag in ("TI", "T2", "PY", "VL", "SP", "EP"):
            for value in fields.get(tag, []):
                assert letters(value) in printed, (key, tag, value)


def test_reference_lists_keep_their_misprints() -> None:
    assert RECORDS["s0-torrey2000"]["VL"] == ["55"]
    assert RECORDS["s0-anthony1993"]["T2"] == ["Psychological Rehabilitation Journal"]
    assert "Whitey, S." in RECORDS["s4-burns2009"]["AU"]


def test_like_named_publications_that_were_not_joined_are_judged() -> None:
    judged = {frozenset((row["key_a"], row["key_b"])) for row in DUPLICATES}
    for a, b in combinations(RECORDS, 2):
        if letters(RECORDS[a]["TI"][0]) == letters(RECORDS[b]["TI"][0]):
            assert frozenset((a, b)) in judged or WORK[a] == WORK[b], (a, b)
