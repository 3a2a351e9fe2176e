"""A first scheme from a topic: begun, looked at and changed, then taken or thrown away.

Until it is taken nothing is asked with it. It is changed as any other scheme, in a draft of each
person (scheme_drafts.py).
"""

from collections.abc import Collection

from evidence.coding.first_scheme.making import first_scheme
from evidence.coding.first_scheme.topic import TypedTopic, read_topic
from evidence.coding.scheme import Scheme
from evidence.coding.write_scheme import as_yaml
from evidence.errors import Invalid
from evidence.steps.coding import schemes
from evidence.steps.coding.scheme_versions import MEANWHILE, NAME
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.store import Role
from evidence.store.area_versions import NOTHING, Area
from evidence.store.coding import scheme_drafts
from evidence.store.coding import schemes as kept_schemes

TAKEN = "This scheme is taken already, and asked; its changes are kept as a new version."


def begun(desk: Desk) -> list[TakenScheme]:
    """The schemes that are only begun, in the order in which they were."""
    with desk.reading() as c:
        return [schemes.taken_version(version) for version in kept_schemes.begun(c, desk.review_id)]


def begin(desk: Desk, typed: TypedTopic, ready: Collection[str] = ()) -> int:
    """Make a first scheme from a topic, and keep it to be looked at; gives its id.

    Args:
        desk: of who begins it.
        typed: the topic.
        ready: ids of schemes that lie ready, which the new one is not to be mistaken for.

    Raises:
        Invalid: with all that is wrong with what was typed.
    """
    desk.require(Role.EDITOR)
    topic = read_topic(typed)
    with desk.writing(Role.EDITOR, areas=NOTHING) as w:
        taken = kept_schemes.names(w.connection, desk.review_id) | set(ready)
        scheme = first_scheme(topic, taken)
        return kept_schemes.begin(w, scheme.id, scheme.version, as_yaml(scheme))


def take(desk: Desk, scheme: Scheme, scheme_id: int, seen: int) -> None:
    """Ask a scheme that was begun from now on.

    Args:
        desk: of who takes it.
        scheme: as it was changed.
        scheme_id: of the lineage.
        seen: the version from which it was changed.

    Raises:
        Invalid: it is taken already, or somebody else changed it meanwhile.
        NotFound: somebody threw it away.
    """
    text = as_yaml(scheme)
    schemes.read(text, NAME)
    with desk.writing(Role.EDITOR, areas=Area.CODING | Area.RESULTS) as w:
        newest = kept_schemes.newest_or_begun(w.connection, desk.review_id, scheme_id)
        if not newest.is_begun:
            raise Invalid(TAKEN)
        if newest.id != seen:
            raise Invalid(MEANWHILE)
        kept_schemes.add(w, newest.name, scheme.version, text)
        version_id = kept_schemes.newest_id(w.connection, desk.review_id, scheme_id)
        scheme_drafts.empty(w, scheme_id, version_id)


def discard(desk: Desk, scheme_id: int) -> None:
    """Throw a scheme away that was only begun, with what anybody changed in it.

    Raises:
        Invalid: it is taken already.
        NotFound: the review has no such scheme.
    """
    with desk.writing(Role.EDITOR, areas=NOTHING) as w:
        newest = kept_schemes.newest_or_begun(w.connection, desk.review_id, scheme_id)
        if not newest.is_begun:
            raise Invalid(TAKEN)
        kept_schemes.discard(w, newest)
