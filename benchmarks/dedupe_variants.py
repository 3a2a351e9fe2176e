"""Harder copies of a set of records: fields taken away or spoilt, the labels staying the same.

A set that rules were tuned on says little about others. These copies resemble what other kinds of
sets look like: bibliographies without volumes and pages, reference strings read by a machine. What
happens to a record depends on its id and the draw alone, so a copy is the same on every run.
"""

import csv
import random
import re
import string
from collections.abc import Callable, Mapping
from pathlib import Path

Row = dict[str, str]
Change = Callable[[Row, random.Random], Row]

SEED = 11
PLACE = ("volume", "number", "pages")
NUMBERS = ("doi", "pmid", "isbn", "issn")
PEOPLE = re.compile(r"\s+and\s+|;\s*")
HALF, SOME, FEW = 0.5, 0.2, 0.1  # shares of the records
SLIP = 0.015  # of the letters of a title
FEWEST_HEADS = 3  # letters of an acronym
LONG_WORD = 6  # letters


def _without(*names: str) -> Change:
    return lambda row, _: row | dict.fromkeys(set(names) & set(row), "")


def _for(share: float, change: Change) -> Change:
    """A change that only a share of the records meets."""
    return lambda row, rnd: change(row, rnd) if rnd.random() < share else row


def _all(*changes: Change) -> Change:
    def change(row: Row, rnd: random.Random) -> Row:
        for change_row in changes:
            row = change_row(row, rnd)
        return row

    return change


def _people(row: Row) -> list[str]:
    return [person for person in PEOPLE.split(row["author"]) if person.strip()]


def _initials(row: Row, _: random.Random) -> Row:
    """K. Ito, J. Low: what many reference lists print."""
    return row | {"author": ", ".join(map(_initial, _people(row)))}


def _initial(person: str) -> str:
    family, _, given = person.partition(",")
    first = given.strip()[:1]
    return f"{first}. {family.strip()}" if first else person.strip()


def _et_al(row: Row, _: random.Random) -> Row:
    people = _people(row)
    return row | {"author": f"{people[0]} et al." if len(people) > 1 else row["author"]}


def _cut(row: Row, _: random.Random) -> Row:
    """Two thirds of a title, as where a line was lost."""
    words = row["title"].split()
    return row | {"title": " ".join(words[: max(3, 2 * len(words) // 3)])}


def _slips(row: Row, rnd: random.Random) -> Row:
    """Letters that a scanner misread."""
    letters = [
        rnd.choice(string.ascii_lowercase) if letter.isalpha() and rnd.random() < SLIP else letter
        for letter in row["title"]
    ]
    return row | {"title": "".join(letters)}


def _acronym(row: Row, _: random.Random) -> Row:
    heads = [w[0] for w in re.findall(r"[A-Za-z]+", row["journal"]) if w[0].isupper()]
    return row | {"journal": "".join(heads) if len(heads) >= FEWEST_HEADS else row["journal"]}


def _abbreviated(row: Row, _: random.Random) -> Row:
    words = row["journal"].split()
    short = [word[:4] + "." if len(word) >= LONG_WORD else word for word in words]
    return row | {"journal": " ".join(short)}


def _swapped(row: Row, _: random.Random) -> Row:
    """Title and authors in each other's place."""
    return row | {"title": row["author"], "author": row["title"]}


def _no_journal(row: Row, rnd: random.Random) -> Row:
    """What stands in the place of a journal in lists of references."""
    return row | {"journal": rnd.choice(("Elsevier", "Springer", "to appear", "Wiley"))}


def _next_year(row: Row, rnd: random.Random) -> Row:
    year = row["year"]
    return row | {"year": str(int(year) + rnd.choice((-1, 1))) if year.isdigit() else year}


def _year_off_by_two(row: Row, rnd: random.Random) -> Row:
    year = row["year"]
    return row | {"year": str(int(year) + rnd.choice((-2, 2))) if year.isdigit() else year}


def _wrong_letter(row: Row, rnd: random.Random) -> Row:
    """Reourse-based: a letter of a long word is lost, doubled or another."""
    words = row["title"].split()
    long = [at for at, word in enumerate(words) if len(word) > LONG_WORD and word.isalpha()]
    if not long:
        return row
    at = rnd.choice(long)
    word, letter = words[at], rnd.randrange(1, len(words[at]))
    other = rnd.choice(("", 2 * word[letter], rnd.choice(string.ascii_lowercase)))
    words[at] = word[:letter] + other + word[letter + 1 :]
    return row | {"title": " ".join(words)}


def _words_around(row: Row, rnd: random.Random) -> Row:
    """What a journal prints above a title, or a reader of PDFs takes along with it."""
    before = rnd.choice((*ABOVE, "", ""))
    behind = "" if before else rnd.choice(BEHIND)
    return row | {"title": before + row["title"] + behind}


def _without_subtitle(row: Row, _: random.Random) -> Row:
    return row | {"title": SUBTITLE.split(row["title"], maxsplit=1)[0]}


def _address(row: Row, rnd: random.Random) -> Row:
    return row | {"title": f"https://journal.example/vol/{rnd.randrange(10**6)}.html"}


def _online_first(row: Row, rnd: random.Random) -> Row:
    """The year it was first online, and pages from 1 on."""
    pages, year = PAGE_RANGE.match(row["pages"]), row["year"]
    if pages is None or not year.isdigit() or int(pages[2]) <= int(pages[1]):
        return row
    length = int(pages[2]) - int(pages[1]) + 1
    return row | {"pages": f"1--{length}", "year": str(int(year) - rnd.choice((1, 2)))}


def _people_and_a_word(row: Row, rnd: random.Random) -> Row:
    """Authors in another order, and a word that is none of their names."""
    people = _people(row)
    if len(people) < 2:  # noqa: PLR2004
        return row
    rnd.shuffle(people)
    people[rnd.randrange(len(people))] += rnd.choice((" Professor", " University", " Editor"))
    return row | {"author": " and ".join(people)}


def _spaces_lost(row: Row, rnd: random.Random) -> Row:
    words = row["title"].split()
    for _ in range(max(1, len(words) // 6)):
        at = rnd.randrange(len(words)) if words else 0
        words[at : at + 2] = ["".join(words[at : at + 2])]
    return row | {"title": " ".join(words)}


def _one_of(*changes: Change) -> Change:
    return lambda row, rnd: rnd.choice(changes)(row, rnd)


FEW_FIELDS = ("doi", "pages", "abstract")
ABOVE = (
    "Special issue: ", "Research article: ", "Student paper competition - ", "Research note ",
    "Issues and opinions: ", "Theory and review ", "Regular paper. ",
)  # fmt: skip
BEHIND = ("1", "*", " 1 2", ". A research agenda", " (research note)", ": an extended version")
SUBTITLE = re.compile(r"\s*[:?.]\s+|\s+[-–—]+\s+")
PAGE_RANGE = re.compile(r"(\d+)\s?-+\s?(\d+)$")
AS_MISSED = _one_of(
    _year_off_by_two, _wrong_letter, _words_around, _without_subtitle, _address, _online_first,
    _people_and_a_word,
)  # fmt: skip
FROM_PDFS = _all(
    _for(HALF, _without("journal", "volume", "number", "pages", "doi", "abstract")),
    _for(SOME, _without("year")),
    _for(HALF, _words_around),
    _for(SOME, _slips),
    _for(SOME, _spaces_lost),
    _for(SOME, _cut),
    _for(SOME, _people_and_a_word),
    _for(FEW, _without("author")),
    _for(FEW, _address),
)
REFERENCES = _all(
    _without(*NUMBERS, "abstract"),
    _for(HALF, _initials),
    _for(SOME, _et_al),
    _for(HALF, _abbreviated),
    _for(SOME, _slips),
    *(_for(SOME, _without(name)) for name in ("journal", "volume", "number", "pages")),
    *(_for(FEW, _without(name)) for name in ("title", "author", "year")),
)
CITED = "cited three times"
COPIES = {CITED: 3}

VARIANTS: Mapping[str, Change] = {
    "as it is": lambda row, _: row,
    "no volume, issue, pages": _without(*PLACE),
    "no volume, issue, pages in half": _for(HALF, _without(*PLACE)),
    "no journal": _without("journal"),
    "no journal in half": _for(HALF, _without("journal")),
    "no DOI": _without(*NUMBERS),
    "no authors": _without("author"),
    "no authors in half": _for(HALF, _without("author")),
    "no year in half": _for(HALF, _without("year")),
    "no title in a tenth": _for(FEW, _without("title")),
    "authors as initials": _for(HALF, _initials),
    "first author et al.": _for(HALF, _et_al),
    "journals as acronyms": _for(HALF, _acronym),
    "titles cut short": _for(HALF, _cut),
    "titles with misread letters": _for(HALF, _slips),
    "title and authors swapped": _for(FEW, _swapped),
    "bibliography": _all(_without(*PLACE, *NUMBERS, "abstract"), _for(HALF, _acronym)),
    "few fields": _without(*FEW_FIELDS),
    "spoilt as found": _for(HALF, AS_MISSED),
    "few fields, spoilt as found": _all(_without(*FEW_FIELDS), _for(HALF, AS_MISSED)),
    "half read from PDFs": _for(HALF, FROM_PDFS),
    "reference strings": REFERENCES,
    CITED: _all(REFERENCES, _for(FEW, _cut), _for(FEW, _no_journal), _for(FEW, _next_year)),
}


def copy_of_set(source: Path, variant: str, draw: int = 0) -> tuple[list[Row], dict[str, str]]:
    """The records of a copy and their labels, the corrected ones if there are any.

    In a variant of COPIES each record comes several times, spoilt in different ways. Another draw
    spoils other records.
    """
    labels = source / "labels_adjudicated.csv"
    with (labels if labels.exists() else source / "labels.csv").open(encoding="utf-8") as lines:
        label = {row["record_id"]: row["group_id"] for row in csv.DictReader(lines)}
    with (source / "records.csv").open(newline="", encoding="utf-8") as lines:
        originals = list(csv.DictReader(lines))
    rows = [
        _varied(row | {"record_id": f"{row['record_id']}#{at}"}, variant, draw)
        for row in originals
        for at in range(COPIES.get(variant, 1))
    ]
    names = (row["record_id"] for row in rows)
    return rows, {name: label[name.rpartition("#")[0]] for name in names}


def write_set(target: Path, rows: list[Row], labels: Mapping[str, str]) -> None:
    """Write records.csv and labels.csv."""
    with (target / "records.csv").open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    with (target / "labels.csv").open("w", newline="", encoding="utf-8") as handle:
        table = csv.writer(handle)
        table.writerow(("record_id", "group_id"))
        table.writerows(labels.items())


def _varied(row: Row, variant: str, draw: int) -> Row:
    rnd = random.Random(f"{SEED + draw} {variant} {row['record_id']}")  # noqa: S311 - no secret
    return VARIANTS[variant](row, rnd)
