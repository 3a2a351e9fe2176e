"""A MARC record as its fields: a leader, control fields, and fields of subfields with codes."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from evidence.citations.formats.xml_blocks import text_of

_LEADER = "leader"
_CONTROL = "controlfield"
_DATA = "datafield"
_SUBFIELD = "subfield"


@dataclass(frozen=True, slots=True)
class DataField:
    """A field such as `245 10 $a Garden work : $b a trial`."""

    tag: str
    first_indicator: str
    second_indicator: str
    subfields: tuple[tuple[str, str], ...]

    def first(self, codes: str) -> str:
        """The text of the first subfield with one of the codes."""
        return next((text for code, text in self.subfields if code in codes), "")

    def all(self, codes: str) -> list[str]:
        """The texts of all subfields with one of the codes, in their order."""
        return [text for code, text in self.subfields if code in codes]


@dataclass(frozen=True, slots=True)
class MarcRecord:
    """One record."""

    leader: str
    control_fields: tuple[tuple[str, str], ...]
    data_fields: tuple[DataField, ...]

    def control(self, tag: str) -> str:
        """The text of a control field."""
        return next((text for name, text in self.control_fields if name == tag), "")

    def fields(self, *tags: str) -> Iterator[DataField]:
        """The fields with these tags, those of the first tag first."""
        return (field for tag in tags for field in self.data_fields if field.tag == tag)

    def texts(self, tag: str, codes: str) -> list[str]:
        """The texts of these subfields of all fields with a tag."""
        return [text for field in self.fields(tag) for text in field.all(codes)]


def marc_record(entry: Element) -> MarcRecord:
    """The record in an element of MARCXML."""
    return MarcRecord(
        leader="".join(part.text or "" for part in entry.iterfind(_LEADER)),
        control_fields=tuple(
            (part.get("tag", ""), part.text or "") for part in entry.iterfind(_CONTROL)
        ),
        data_fields=tuple(
            DataField(
                part.get("tag", ""),
                part.get("ind1", " "),
                part.get("ind2", " "),
                tuple(
                    (sub.get("code", ""), text)
                    for sub in part.iterfind(_SUBFIELD)
                    if (text := text_of(sub))
                ),
            )
            for part in entry.iterfind(_DATA)
        ),
    )


def fields(entry: Element) -> list[tuple[str, str]]:
    """Every text of a record, by its tag and code: `245$a`, and `001` of a control field."""
    record = marc_record(entry)
    texts = [("leader", record.leader), *record.control_fields]
    for field in record.data_fields:
        texts += [(f"{field.tag}${code}", text) for code, text in field.subfields]
    return [(name, text) for name, text in texts if text.strip()]
