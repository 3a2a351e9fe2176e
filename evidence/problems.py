"""Trouble in people's data, as values with stable codes.

A reader never raises for a damaged file and never skips in silence: it returns what it could keep
together with problems. A code, once released, keeps its name and meaning; docs/problems.md has a
bad and a good example of each.
"""

from dataclasses import dataclass
from enum import StrEnum


class Effect(StrEnum):
    """What a problem means for the entry it was found in."""

    LOST = "lost"  # the entry could not be kept; counted in "seen", not among the records
    REPAIRED = "repaired"  # the entry was kept after a repair that the detail names
    NOTED = "noted"  # nothing of an entry was lost; worth knowing


class Code(StrEnum):
    """The kinds of trouble. The value is the stable code."""

    FILE_EMPTY = "file-empty"
    FILE_TOO_LARGE = "file-too-large"
    FILE_UNKNOWN = "file-unknown"
    FILE_BINARY = "file-binary"
    FILE_WEB_PAGE = "file-web-page"
    FILE_KNOWN = "file-known"
    READING_FAILED = "reading-failed"
    ARCHIVE_REFUSED = "archive-refused"
    SHEET_LEFT_OUT = "sheet-left-out"
    CODING_LEFT = "coding-left"
    ENCODING_GUESSED = "encoding-guessed"
    SIGNS_DAMAGED = "signs-damaged"
    XML_ENTITIES = "xml-entities"
    ANSWER_INCOMPLETE = "answer-incomplete"
    FORMAT_WITHIN = "format-within"
    TEXT_OUTSIDE = "text-outside"
    HEADINGS_SKIPPED = "headings-skipped"
    END_MISSING = "end-missing"
    TYPE_MISSING = "type-missing"
    LINE_UNTAGGED = "line-untagged"
    ENTRY_EMPTY = "entry-empty"
    ENTRY_TRUNCATED = "entry-truncated"
    ENTRY_UNREADABLE = "entry-unreadable"
    ENTRY_LEFT_OUT = "entry-left-out"
    ENTRY_TAKEN_BACK = "entry-taken-back"
    BRACES_UNBALANCED = "braces-unbalanced"
    KEY_REPAIRED = "key-repaired"
    KEY_REPEATED = "key-repeated"
    FIELD_REPAIRED = "field-repaired"
    FIELD_REPEATED = "field-repeated"
    MACRO_UNKNOWN = "macro-unknown"
    TITLE_MISSING = "title-missing"
    VALUE_UNREADABLE = "value-unreadable"
    SOURCE_UNREADABLE = "source-unreadable"
    VALUE_DAMAGED = "value-damaged"
    DATES_DIFFER = "dates-differ"
    NAME_GUESSED = "name-guessed"
    ROW_RAGGED = "row-ragged"
    FORMULA_EMPTY = "formula-empty"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a code says to people: a sentence, what to do about it, and what became of the entry."""

    message: str
    remedy: str
    effect: Effect


EXPLANATIONS: dict[Code, Explanation] = {
    Code.FILE_EMPTY: Explanation(
        "The file is empty.", "Export it again from the database.", Effect.NOTED
    ),
    Code.FILE_TOO_LARGE: Explanation(
        "The file is larger than the limit.",
        "Export in parts, or have the limit of this server raised (WAYMARK_MAX_UPLOAD_MB).",
        Effect.NOTED,
    ),
    Code.FILE_UNKNOWN: Explanation(
        "This is not in a format that Waymark reads.",
        "The guide lists the formats that are read; RIS is the safest.",
        Effect.NOTED,
    ),
    Code.FILE_BINARY: Explanation(
        "This kind of file cannot be read.",
        "Export the references from the database or program that holds them, best as RIS.",
        Effect.NOTED,
    ),
    Code.FILE_WEB_PAGE: Explanation(
        "This is a web page, not an export; often it is the database's error or log-in page.",
        "Open it in a browser to see what it says, then export again.",
        Effect.NOTED,
    ),
    Code.FILE_KNOWN: Explanation(
        "This file was imported before, so nothing was added.",
        "Nothing to do. To import it anew, undo the earlier import first.",
        Effect.NOTED,
    ),
    Code.READING_FAILED: Explanation(
        "Waymark failed on this file, by a fault of its own; what it read before that is kept.",
        "Report it with the words behind the colon, and the file if you may; the others are read.",
        Effect.NOTED,
    ),
    Code.ARCHIVE_REFUSED: Explanation(
        "An archive, a workbook, or a part of one was not opened.",
        "Unpack it yourself and import the files, or export again.",
        Effect.NOTED,
    ),
    Code.SHEET_LEFT_OUT: Explanation(
        "A sheet of the workbook has no column that is known as the title; it was not imported.",
        "If it holds records, name its columns, or import it as a file of its own.",
        Effect.NOTED,
    ),
    Code.CODING_LEFT: Explanation(
        "The file holds what was coded of its references, too; that is brought in apart from them.",
        "Once the references are in, “Codings of files” on the page Import says whether it is.",
        Effect.NOTED,
    ),
    Code.ENCODING_GUESSED: Explanation(
        "The file is not UTF-8; its encoding was guessed.",
        "Look at names with accents in the preview; if they are wrong, export as UTF-8.",
        Effect.NOTED,
    ),
    Code.SIGNS_DAMAGED: Explanation(
        "Some characters of the file are damaged; they were left out or replaced.",
        "Export again, best as UTF-8.",
        Effect.NOTED,
    ),
    Code.XML_ENTITIES: Explanation(
        "The file defines abbreviations (XML entities) of its own; they were not expanded.",
        "Look where the file comes from: databases do not do this, attackers do.",
        Effect.NOTED,
    ),
    Code.ANSWER_INCOMPLETE: Explanation(
        "The file is the answer of a catalogue that did not give all.",
        "Ask the catalogue for the rest, and import that as a further file of the same source.",
        Effect.NOTED,
    ),
    Code.FORMAT_WITHIN: Explanation(
        "Lines within the file look like another format; the format that opens the file was taken.",
        "If files of both were joined, import each for itself; a text may quote such lines, too.",
        Effect.NOTED,
    ),
    Code.TEXT_OUTSIDE: Explanation(
        "There is text outside the entries; it was not imported.",
        "Check that it is not part of a record.",
        Effect.NOTED,
    ),
    Code.HEADINGS_SKIPPED: Explanation(
        "The database put headings or numbers between the entries; they were left out.",
        "Nothing to do.",
        Effect.NOTED,
    ),
    Code.END_MISSING: Explanation(
        "The entry has no end mark; it was ended where the next one begins.",
        "Check the entry's last fields.",
        Effect.REPAIRED,
    ),
    Code.TYPE_MISSING: Explanation(
        "The entry does not say its type; it was kept without one.",
        "Check that the entry is complete.",
        Effect.REPAIRED,
    ),
    Code.LINE_UNTAGGED: Explanation(
        "A line without a tag was joined to the field above it.",
        "Check that field.",
        Effect.NOTED,
    ),
    Code.ENTRY_EMPTY: Explanation(
        "The entry is empty: none of its fields has a value.", "Nothing to do.", Effect.LOST
    ),
    Code.ENTRY_TRUNCATED: Explanation(
        "The file ends in the middle of this entry; what was there is kept.",
        "Export again, or complete the record by hand.",
        Effect.REPAIRED,
    ),
    Code.ENTRY_UNREADABLE: Explanation(
        "The entry could not be read.",
        "Correct it in the file and import again, or add the record by hand.",
        Effect.LOST,
    ),
    Code.ENTRY_LEFT_OUT: Explanation(
        "The person who imported the file left this entry out.",
        "Nothing to do. To have it after all, undo the import and import the file again.",
        Effect.LOST,
    ),
    Code.ENTRY_TAKEN_BACK: Explanation(
        "The entry was taken back after the import; others of the file stayed.",
        "Nothing to do. To have it after all, import the file again, and settle as duplicates what "
        "is there twice then.",
        Effect.LOST,
    ),
    Code.BRACES_UNBALANCED: Explanation(
        "The entry's braces or quotes do not match; it was read up to the next entry.",
        "Check the entry's fields.",
        Effect.REPAIRED,
    ),
    Code.KEY_REPAIRED: Explanation(
        "The entry's citation key is missing or has characters that BibTeX forbids.",
        "Nothing to do.",
        Effect.REPAIRED,
    ),
    Code.KEY_REPEATED: Explanation(
        "An entry above has the same citation key; both were kept.",
        "If they are duplicates, settle them on the page Duplicates.",
        Effect.NOTED,
    ),
    Code.FIELD_REPAIRED: Explanation(
        "A field was malformed and was read as far as possible.",
        "Check the field that is named.",
        Effect.REPAIRED,
    ),
    Code.FIELD_REPEATED: Explanation(
        "A field that may stand once stands several times; all its values were kept.",
        "Check the field that is named; the first value is shown.",
        Effect.NOTED,
    ),
    Code.MACRO_UNKNOWN: Explanation(
        "A field names an abbreviation that the file does not define; its name was kept as text.",
        "Add the @string definition, or correct the field.",
        Effect.REPAIRED,
    ),
    Code.TITLE_MISSING: Explanation(
        "The record has no title.",
        "It is kept; complete it from the database if you can.",
        Effect.NOTED,
    ),
    Code.VALUE_UNREADABLE: Explanation(
        "A value could not be understood; it is kept as the source wrote it.",
        "Check the field that is named.",
        Effect.NOTED,
    ),
    Code.SOURCE_UNREADABLE: Explanation(
        "The line that says where the work stands could not be read; it is kept as it is.",
        "Check journal, year, volume and pages of the record.",
        Effect.NOTED,
    ),
    Code.VALUE_DAMAGED: Explanation(
        "A spreadsheet program turned a number into something else; it is kept as it stands.",
        "Look the number up; import the database's own file, not one saved by such a program.",
        Effect.NOTED,
    ),
    Code.DATES_DIFFER: Explanation(
        "The entry gives two years; that of the issue was taken.",
        "Check the year; the other one may be that of the first publication online.",
        Effect.NOTED,
    ),
    Code.NAME_GUESSED: Explanation(
        "A name stands without a comma; which of its words is the family name was guessed.",
        "Check the names; a source that writes them as “Family, Given” is safer.",
        Effect.NOTED,
    ),
    Code.ROW_RAGGED: Explanation(
        "A row has more or fewer cells than the table has columns.",
        "Check that its cells stand in the right columns.",
        Effect.NOTED,
    ),
    Code.FORMULA_EMPTY: Explanation(
        "The workbook holds formulas, but not their values, so these cells are empty.",
        "Open it in Excel or LibreOffice, save it, and import it again; or export it as CSV.",
        Effect.NOTED,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One piece of trouble.

    Attributes:
        code: what kind.
        file: the name of the file as the person knows it.
        line: counted from 1; None where the whole file is meant.
        detail: what exactly, in a few words (may quote the data, so escape it when shown).
    """

    code: Code
    file: str
    line: int | None = None
    detail: str = ""

    @property
    def effect(self) -> Effect:
        """What the problem means for its entry."""
        return EXPLANATIONS[self.code].effect

    @property
    def sentence(self) -> str:
        """What is wrong, in a sentence."""
        message = EXPLANATIONS[self.code].message
        if not self.detail:
            return message
        end = "" if self.detail.endswith((".", "!", "?")) else "."
        return f"{message.removesuffix('.')}: {self.detail}{end}"

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{where}: {self.sentence} {EXPLANATIONS[self.code].remedy}"
