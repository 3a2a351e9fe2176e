"""Which studies there are to code, and how far their coding is, for tests that go on with it."""

from dataclasses import dataclass

from evidence.steps.coding import coding, schemes
from evidence.steps.desk import Desk
from evidence.store.coding import codings, studies
from evidence.store.coding.studies import Study


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingProgress:
    """How far the coding of a study is.

    Attributes:
        own_state: of the coding by the person at the desk: open, draft or complete.
        coders: all who began to code it.
    """

    study: Study
    own_state: str
    coders: tuple[str, ...]


def progress(desk: Desk, scheme_id: int | None = None) -> list[CodingProgress]:
    """Every study with how far its coding with a scheme is; none while there is no scheme."""
    if scheme_id is None and schemes.of_results(desk) is None:
        return []
    taken = coding.in_use(desk, scheme_id)
    with desk.reading() as c:
        states = codings.states(c, desk.review_id, taken.id)
        listed = studies.listing(c, desk.review_id)
    coders: dict[int, list[str]] = {}
    for (study_id, _), (_, name) in states.items():
        coders.setdefault(study_id, []).append(name)
    return [
        CodingProgress(
            study=study,
            own_state=states.get((study.id, desk.person_id), ("open", ""))[0],
            coders=tuple(coders.get(study.id, ())),
        )
        for study in listed
    ]
