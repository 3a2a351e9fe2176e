"""Code sets of EPPI-Reviewer, as coding schemes that a review can take."""

from dataclasses import dataclass

from evidence.coding.read_scheme import load
from evidence.coding.scheme import Scheme
from evidence.coding.write_scheme import as_yaml
from evidence.eppi.account import Ledger, LeftOut, Part, Repair
from evidence.eppi.json_text import may_be_eppi
from evidence.eppi.read_export import Unreadable, read_export
from evidence.eppi.schemes import as_schemes
from evidence.errors import Invalid, InvalidScheme

NO_SETS = "“{}” holds no code set with codes; export the coding tools as well."


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAsScheme:
    """A code set as a scheme, and as the text that a review takes."""

    scheme: Scheme
    yaml: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetsRead:
    """The code sets of a file.

    Attributes:
        sets: those that can be taken.
        remarks: what was mended, read otherwise or left out, in sentences.
    """

    sets: tuple[SetAsScheme, ...]
    remarks: tuple[str, ...]


def is_eppi(content: bytes) -> bool:
    """Whether a file is one of EPPI-Reviewer or EPPI-Mapper, and no scheme of ours."""
    return may_be_eppi(content)


def read(content: bytes, name: str) -> SetsRead:
    """The code sets of a file of EPPI-Reviewer, or of a page of EPPI-Mapper.

    Raises:
        Invalid: it cannot be read, or has no code set that could be taken.
    """
    export = read_export(content, name)
    if isinstance(export, Unreadable):
        raise Invalid(f"“{name}” cannot be read: {export.reason}.")
    ledger = Ledger()
    schemes = as_schemes(export.sets, ledger).schemes
    lost = [each for each in export.account.left_out if each.part in {Part.SETS, Part.CODES}]
    remarks = [*map(_sentence, lost), *map(_sentence, ledger.repairs)]
    sets: list[SetAsScheme] = []
    for scheme in schemes:
        yaml = as_yaml(scheme)
        try:
            load(yaml, name)
        except InvalidScheme as error:
            remarks.append(f"“{scheme.title}” cannot be taken: {error.faults[0]}")
        else:
            sets.append(SetAsScheme(scheme=scheme, yaml=yaml))
    if not sets:
        raise Invalid(" ".join([NO_SETS.format(name), *remarks[:1]]))
    return SetsRead(sets=tuple(sets), remarks=tuple(remarks))


def _sentence(told: Repair | LeftOut) -> str:
    more = " and others" if told.number > len(told.places) else ""
    return f"{told.sentence} ({told.number:,}: {'; '.join(told.places)}{more})"
