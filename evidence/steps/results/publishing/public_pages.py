"""What people without an account read of what reviews published.

Nobody is asked who they are: the token in the address is all that is needed, and all that helps.
"""

import gzip
from dataclasses import dataclass
from datetime import UTC, date, datetime

from evidence.errors import NotFound
from evidence.steps.results.publishing import public_subjects
from evidence.steps.results.publishing.public_subjects import PAGE, PublicSubject
from evidence.store import Connection, Store
from evidence.store.results import publications
from evidence.store.results.publications import Publication, PublishedFile, PublishedVersion

SUBJECTS = "subjects"  # the part with what comments can be about


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """A version under an address that stands open.

    Attributes:
        version: the one that is asked for.
        versions: all, newest first.
        files: its parts, by their names.
    """

    publication: Publication
    version: PublishedVersion
    versions: tuple[PublishedVersion, ...]
    files: dict[str, PublishedFile]


def read(
    store: Store, token: str, number: int | None = None, today: date | None = None
) -> ReadPage:
    """What stands under an address.

    Args:
        store: with the reviews.
        token: the secret part of the address.
        number: of a version; None for the newest.
        today: in UTC; None for this day.

    Raises:
        NotFound: nobody reads anything there, whatever the reason.
    """
    with store.reading_outside() as c:
        found = publications.open_one(c, token, today or datetime.now(UTC).date())
        return _page(c, found, number)


def content(store: Store, file: PublishedFile) -> bytes:
    """The bytes of a part that `read` gave, compressed with gzip.

    Raises:
        NotFound: it is gone with its review.
    """
    with store.reading_outside() as c:
        return publications.content(c, file.id)


def subjects(store: Store, read: ReadPage) -> dict[str, PublicSubject]:
    """What of a version can be commented on, by its keys."""
    file = read.files.get(SUBJECTS)
    if file is None:
        return {PAGE.key: PAGE}
    return public_subjects.from_json(gzip.decompress(content(store, file)))


def _page(connection: Connection, found: Publication, number: int | None) -> ReadPage:
    versions = tuple(publications.versions(connection, found.id))
    version = next((each for each in versions if number in {None, each.number}), None)
    if version is None:
        raise NotFound("version of a publication", number or 0)
    return ReadPage(
        publication=found,
        version=version,
        versions=versions,
        files=publications.files(connection, version.id),
    )
