"""In which review studies and schemes are, for addresses that name only these."""

from sqlalchemy import Connection, select

from evidence.errors import NotFound
from evidence.store.schema import scheme, scheme_version, study


def review_of_study(connection: Connection, study_id: int) -> int:
    """The review of a study; raises NotFound."""
    query = select(study.c.review_id).where(study.c.id == study_id)
    return _known(connection.execute(query).scalar_one_or_none(), "study", study_id)


def review_of_version(connection: Connection, version_id: int) -> int:
    """The review of a version of a scheme; raises NotFound."""
    query = (
        select(scheme.c.review_id)
        .join(scheme_version, scheme_version.c.scheme_id == scheme.c.id)
        .where(scheme_version.c.id == version_id)
    )
    found = connection.execute(query).scalar_one_or_none()
    return _known(found, "version of a coding scheme", version_id)


def _known(review_id: int | None, noun: str, number: int) -> int:
    if review_id is None:
        raise NotFound(noun, number)
    return review_id
