"""The bibliographic side of a record in the form of EPPI-Reviewer's newest generation."""

from typing import Any

from evidence.citations.citing import reference_text
from evidence.citations.record import Record, Reference
from evidence.eppi.numbering import Numbering

_NAMES = (
    "ItemId", "Title", "ParentTitle", "ShortTitle", "DateCreated", "CreatedBy", "DateEdited",
    "EditedBy", "Year", "Month", "StandardNumber", "City", "Country", "Publisher", "Institution",
    "Volume", "Pages", "Edition", "Issue", "Availability", "URL", "OldItemId", "Abstract",
    "Comments", "TypeName", "Authors", "ParentAuthors", "DOI", "Keywords", "ItemStatus",
    "ItemStatusTooltip", "QuickCitation",
)  # fmt: skip
_OWN = {"ItemStatus", "TypeName", "OldItemId", "ShortTitle", "ParentTitle", "StandardNumber"}
_ENOUGH = 2  # of these by which a reference of EPPI-Reviewer is known
_TYPES = {
    "article": "Journal, Article",
    "magazine": "Article In A Periodical",
    "newspaper": "Article In A Periodical",
    "book": "Book, Whole",
    "encyclopedia": "Book, Chapter",
    "chapter": "Book, Chapter",
    "conference": "Conference Proceedings",
    "thesis": "Dissertation",
    "report": "Report",
    "web": "Web Site",
    "media": "DVD, Video, Media",
}
_STATUS = {
    "I": "Included in review",
    "E": "Excluded from review",
    "D": "Deleted",
    "S": "Duplicate or source deleted",
}


def written_reference(
    record: Record, label: str, status: str, numbering: Numbering
) -> dict[str, Any]:
    """The keys of a reference, but for what is coded of it.

    A record that came from EPPI-Reviewer is given back with the values that it came with.
    """
    fields = dict(record.fields)
    if len(fields.keys() & _OWN) < _ENOUGH:
        fields = _fields_of(record.reference, label)
    number = int(record.key) if record.key.isdecimal() else 0
    fields["ItemStatus"] = status or fields.get("ItemStatus", "") or "I"
    fields.setdefault("ItemStatusTooltip", _STATUS.get(fields["ItemStatus"], ""))
    fields.setdefault("QuickCitation", reference_text(record.reference))
    written: dict[str, Any] = {name: fields.get(name, "") for name in _NAMES}
    written["ItemId"] = numbering.take(number)
    return written


def _fields_of(reference: Reference, label: str) -> dict[str, str]:
    authors, editors = (
        "".join(f"{' '.join(filter(None, (name.family, name.given)))}; " for name in names)
        for names in (reference.authors, reference.editors)
    )
    return {
        "Title": reference.title,
        "ParentTitle": reference.journal,
        "ShortTitle": label,
        "Year": str(reference.year or ""),
        "Month": reference.date[5:7],
        "StandardNumber": next(iter((*reference.issn, *reference.isbn)), ""),
        "City": reference.place,
        "Publisher": reference.publisher,
        "Volume": reference.volume,
        "Pages": reference.pages,
        "Issue": reference.issue,
        "URL": next(iter(reference.urls), ""),
        "Abstract": reference.abstract,
        "Comments": "\n".join(reference.notes),
        "TypeName": _TYPES.get(reference.type, "Generic"),
        "Authors": authors,
        "ParentAuthors": editors,
        "DOI": reference.doi,
        "Keywords": "\r\n".join(reference.keywords),
    }
