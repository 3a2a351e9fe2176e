"""The schemes of a file whose coding comes in; no text of a review is gone over unseen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from evidence.coding.scheme import Scheme
from evidence.coding.scheme_differences import differences
from evidence.coding.write_scheme import as_yaml
from evidence.eppi.coded_review import CodedReview
from evidence.errors import Invalid, InvalidScheme
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.store import Connection, Write
from evidence.store.coding import schemes as stored_schemes

PASSED = (
    "Somebody has kept another version of the scheme “{title}” meanwhile, so nothing was brought "
    "in. Look again at what comes in."
)

UNREADABLE = (
    "The set “{title}” cannot be a coding scheme, so nothing was brought in: {fault} Export the "
    "coding without this set, or in parts."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTaken:
    """What becomes of a scheme of the file.

    Attributes:
        name, title: of the scheme; the name is its own id.
        newest: the version of it that is asked here now; None where there is none.
        differences: how many changes a new version makes; 0 where none is taken, since the review
            has this text, or had it and has changed it since.
    """

    name: str
    title: str
    newest: int | None = None
    differences: int = 0

    @property
    def is_new(self) -> bool:
        """Whether the review has no scheme of this id."""
        return self.newest is None


def sets_taken(desk: Desk, review: CodedReview) -> tuple[SetTaken, ...]:
    """What would become of each scheme of the file; raises Invalid for one that cannot be one."""
    here = {each.scheme.id: each for each in schemes.taken(desk)}
    found = []
    for scheme in review.schemes:
        taken = here.get(scheme.id)
        if taken is None:
            _readable(scheme)
            found.append(SetTaken(name=scheme.id, title=scheme.title))
            continue
        one = SetTaken(name=scheme.id, title=scheme.title, newest=taken.version.id)
        if not schemes.was_taken(desk, taken.id, scheme):
            _readable(scheme)
            changes = differences(taken.scheme, scheme)
            one = replace(one, differences=max(1, len(changes)))
        found.append(one)
    return tuple(found)


def take(
    write: Write, review: CodedReview, seen: Sequence[SetTaken] | None
) -> tuple[dict[str, tuple[int, int]], list[int]]:
    """The lineage and version of each scheme, taken where the review never had this text; and the
    versions that are new.
    """
    c, review_id = write.connection, write.review_id
    newest = {each.name: each for each in stored_schemes.newest(c, review_id)}
    known = {each.name: each.newest for each in seen or ()}
    versions: dict[str, tuple[int, int]] = {}
    new: list[int] = []
    for scheme in review.schemes:
        here = newest.get(scheme.id)
        older = stored_schemes.versions(c, review_id, here.scheme_id) if here else []
        if here and any(schemes.read(one.yaml, one.name) == scheme for one in older):
            versions[scheme.id] = here.scheme_id, here.id
            continue
        if seen is not None and (here and here.id) != known.get(scheme.id):
            raise Invalid(PASSED.format(title=scheme.title[:80]))
        yaml = _readable(scheme)
        scheme_id = stored_schemes.add(write, scheme.id, scheme.version, yaml)
        version_id = stored_schemes.newest_id(c, review_id, scheme_id)
        versions[scheme.id] = scheme_id, version_id
        new.append(version_id)
    return versions, new


def titles_of(
    connection: Connection, review_id: int, version_ids: Iterable[int]
) -> tuple[str, ...]:
    """The titles of these versions of schemes, with the number where the scheme has others."""
    titles = []
    for version_id in version_ids:
        one = stored_schemes.get_version(connection, review_id, version_id)
        title = schemes.read(one.yaml, one.name).title
        titles.append(f"{title}, version {one.number}" if one.number > 1 else title)
    return tuple(titles)


def _readable(scheme: Scheme) -> str:
    """A scheme as it is kept; raises Invalid for one that could not be opened any more."""
    yaml = as_yaml(scheme)
    try:
        schemes.read(yaml, scheme.title[:80])
    except InvalidScheme as error:
        title = scheme.title[:80]
        raise Invalid(UNREADABLE.format(title=title, fault=error.faults[0])) from error
    return yaml
