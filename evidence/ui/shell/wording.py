"""The words for codes, and people's text made safe for Markdown."""

import re
from collections.abc import Mapping
from urllib.parse import quote

from evidence.citations.formats import FORMATS
from evidence.citations.formats.tables import MEANINGS
from evidence.eppi.reading import FORMAT as EPPI
from evidence.eppi.reading import LABEL as EPPI_LABEL
from evidence.problems import EXPLANATIONS, Effect, Problem
from evidence.screening.verdicts import Stage, State, Verdict

# What Markdown (and Streamlit's additions to it) would read as more than itself. What means
# something only at the beginning, or before a letter, is left alone elsewhere: a label is also
# read aloud, and there every backslash is heard.
MARKDOWN = re.compile(r"[\\`*_\[\]<$~|]|:(?=[a-z])|&(?=[#a-z])|^(?:[#>+-]|\d+[.)])", re.IGNORECASE)

# What is looked for after that, where a backslash is gone already: addresses, short names of
# pictures (also as `:material/home:`) and arrows. A sign without width parts them.
JOINER = "\u2060"
REPLACED = re.compile(
    r"(?<=http):(?=//)|(?<=https):(?=//)|(?<=www)(?=\.)|(?<=[\w.+-])@(?=[\w-])"
    r"|:(?=[\w+-]+:|material/)|(?<!\S)(?:<-|[<>~-])(?=[>=-](?!\S))",
    re.IGNORECASE,
)

KILOBYTE = 1000  # bytes

STAGES = {Stage.TITLE_ABSTRACT: "Title and abstract", Stage.FULL_TEXT: "Full text"}
VERDICTS = {
    Verdict.INCLUDE: "Include",
    Verdict.EXCLUDE: "Exclude",
    Verdict.MAYBE: "Maybe",
    Verdict.NOT_RETRIEVED: "Not retrieved",
    Verdict.WITHDRAWN: "Taken back",
}
STATES = {
    State.OPEN: "Open",
    State.INCLUDE: "Included",
    State.EXCLUDE: "Excluded",
    State.MAYBE: "Maybe",
    State.NOT_RETRIEVED: "Not retrieved",
    State.CONFLICT: "Conflict",
}
SOURCE_KINDS = {
    "database": "Bibliographic database",
    "register": "Register of studies",
    "website": "Website",
    "organisation": "Organisation",
    "citation searching": "Citation searching (reference lists, citing papers)",
    "other": "Other",
}
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a byte order mark",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows (cp1252)",
    "latin-1": "Latin-1",
}
EFFECTS = {Effect.LOST: "Not kept", Effect.REPAIRED: "Kept after repair", Effect.NOTED: "Note"}


def plain(text: str) -> str:
    """People's text for a place that reads Markdown: every character stands for itself.

    Addresses are no links. Lists to choose from (`selectbox`, `multiselect`), tables of the kind
    `dataframe`, `st.text` and `st.code` read no Markdown and take the text as it is.
    """
    parted = REPLACED.sub(rf"\g<0>{JOINER}", " ".join(text.split()))
    return MARKDOWN.sub(_escaped, parted)


def _escaped(match: re.Match[str]) -> str:
    characters = match.group()
    return characters[:-1] + "\\" + characters[-1]


_ADDRESS = re.compile(r"(https://[a-zA-Z0-9][\w./()%~-]+)")


def with_links(text: str) -> str:
    """Like `plain`, but addresses of the web (https) are links, named by where they lead."""
    parts = _ADDRESS.split(" ".join(text.split()))
    return "".join(_link(part) if at % 2 else _plain_part(part) for at, part in enumerate(parts))


def _link(address: str) -> str:
    place = address.removeprefix("https://").rstrip(".,;:()")
    after = address[len("https://") + len(place) :]
    return f"[{plain(place)}](https://{quote(place, safe='/%')}){after}"


def _plain_part(text: str) -> str:
    """`plain` without losing the spaces around."""
    start, end = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{start}{plain(text)}{end}" if text.strip() else text


def plain_lines(text: str) -> str:
    """Like `plain`, for text of several lines, such as a message with a list of faults."""
    return "  \n".join(plain(line) for line in text.splitlines())


def format_words(names: str) -> str:
    """The formats of a file, or of the files of an archive, as people know them."""
    labels = {name: each.label for name, each in FORMATS.items()} | {EPPI: EPPI_LABEL}
    return ", ".join(labels.get(name, name) for name in names.split(", "))


def short(text: str, most: int = 90) -> str:
    """The beginning of a long text."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def file_name(name: str, most: int = 80) -> str:
    """A name that somebody gave, for Markdown; of a very long one, the beginning and the end."""
    if len(name) > most:
        name = f"{name[: most - 25]} … {name[-20:]}"
    return plain(name)


def column_words(mapping: Mapping[str, Mapping[str, str | None]]) -> str:
    """What a person said that the columns of a table hold, in a sentence."""
    meanings = [
        f"{file_name(column)} is {MEANINGS[word]}"
        for columns in mapping.values()
        for column, word in columns.items()
        if word and word in MEANINGS
    ]
    return ", ".join(meanings)


def number(count: int, singular: str, plural: str = "") -> str:
    """A count with its noun: `1 record`, `1,204 records`."""
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"


def size(count: int) -> str:
    """How large a file is: `640 bytes`, `24 KB`, `1.2 MB`."""
    if count < KILOBYTE:
        return number(count, "byte")
    if count < KILOBYTE**2:
        return f"{count / KILOBYTE:,.0f} KB"
    return f"{count / KILOBYTE**2:,.1f} MB"


def problem_row(problem: Problem) -> dict[str, object]:
    """A problem as a row of a table for people."""
    explanation = EXPLANATIONS[problem.code]
    return {
        "File": problem.file,
        "Line": problem.line,
        "What": problem.sentence,
        "What became of it": EFFECTS[explanation.effect],
        "What to do": explanation.remedy,
    }
