"""What the screening page in the browser needs to know, as plain values."""

from collections.abc import Mapping, Sequence
from typing import Any

from evidence.citations.record import Reference
from evidence.screening.verdicts import ALLOWED, Stage, State
from evidence.steps.desk import Desk
from evidence.steps.screening import screening_page, screening_preferences
from evidence.store.screening.decision_queries import Decision
from evidence.store.screening.decisions import ToScreen
from evidence.store.screening.full_texts import Document
from evidence.ui.screening import full_texts
from evidence.ui.shell.wording import STATES, VERDICTS

AUTHORS_SHOWN = 12
BEGINS = "Press Begin for the first works."
WORDS = {verdict.value: label for verdict, label in VERDICTS.items()} | {
    "skip": "Skipped",
    "label": "Label",
    "abstract": "Abstract",
}


def deck_data(
    desk: Desk,
    page: screening_page.ScreeningPage,
    own: screening_preferences.ScreeningPreferences,
    state: State,
    tally: Mapping[State, int],
) -> dict[str, Any]:
    """All that the deck shows: works, words, keys, reasons; not what became of items it sent."""
    storage = storage_of(desk)
    keys = screening_preferences.reason_keys(own, len(page.reasons))
    ids = {reason.label: reason.id for reason in page.reasons}
    return {
        "scope": f"{storage}{page.stage}-{state}",
        "storage": storage,
        "stage": page.stage.value,
        "verdicts": [verdict.value for verdict in ALLOWED[page.stage]],
        "words": WORDS,
        "keys": dict(own.keys),
        "size": own.size.value,
        "reason_needed": page.stage is Stage.FULL_TEXT,
        "settles": state is State.CONFLICT,
        "skips": state is State.OPEN,
        "waiting": [
            _card(work, page) | {"voices": voices(page.votes.get(work.id, ()))}
            for work in page.waiting
        ],
        "recent": [
            {
                "card": _card(work, page),
                "verdict": decision.verdict.value,
                "note": decision.note,
                "reasons": [ids[label] for label in decision.reasons if label in ids],
            }
            for decision, work in page.recent
        ],
        "reasons": [
            {"id": reason.id, "label": reason.label, "key": key}
            for reason, key in zip(page.reasons, keys, strict=True)
        ],
        "labels": list(page.labels),
        "terms": {
            "include": list(page.terms.include),
            "exclude": list(page.terms.exclude),
            "own-include": list(own.terms.include),
            "own-exclude": list(own.terms.exclude),
        },
        "criteria": list(page.criteria),
        "pilots": {
            part.id: {"name": part.name, "works": part.works, "decided": part.works - part.waiting}
            for part in page.parts.values()
        },
        "empty": BEGINS if page.can_begin else _empty(page.stage, state, tally),
    }


def storage_of(desk: Desk) -> str:
    """How the names begin under which the browser keeps what waits at this desk."""
    return f"waymark-{desk.review_id}-{desk.person_id}-"


def _card(work: ToScreen, page: screening_page.ScreeningPage) -> dict[str, Any]:
    about = page.contexts.get(work.id, screening_page.WorkContext())
    edit = about.edit
    return card(work.id, work.reference, page.documents.get(work.id, ())) | {
        "sources": list(about.sources),
        "labels": list(about.labels),
        "pilot": page.pilots.get(work.id),
        "why": ", ".join(page.explanations.get(work.id, ())),
        "edited": f"Written by {edit.person}, {edit.at:%Y-%m-%d}" if edit else "",
    }


def card(work_id: int, reference: Reference, documents: Sequence[Document] = ()) -> dict[str, Any]:
    """A work as the deck shows it."""
    names = "; ".join(str(name) for name in reference.authors[:AUTHORS_SHOWN])
    more = " et al." if len(reference.authors) > AUTHORS_SHOWN else ""
    place = " ".join(part for part in (reference.journal, reference.volume) if part)
    parts = (names + more, str(reference.year or ""), place, reference.pages)
    return {
        "id": work_id,
        "title": reference.title,
        "meta": " · ".join(part for part in parts if part),
        "abstract": reference.abstract,
        "keywords": "; ".join(reference.keywords),
        "notes": "\n".join(reference.notes),
        "links": [
            *(
                {"label": f"PDF: {document.name}", "url": full_texts.address(document.id)}
                for document in documents
            ),
            *links(reference),
        ],
    }


def voices(decisions: Sequence[Decision]) -> list[str]:
    """What each person said of a work in conflict."""
    sentences = []
    for decision in decisions:
        because = "; ".join(part for part in (*decision.reasons, decision.note) if part)
        sentences.append(
            f"{decision.person}: {VERDICTS[decision.verdict]}"
            + (f" ({because})" if because else "")
        )
    return sentences


def links(reference: Reference) -> list[dict[str, str]]:
    """Where the work can be read; only web addresses."""
    addresses = []
    if reference.doi:
        addresses.append({"label": "DOI", "url": f"https://doi.org/{reference.doi}"})
    if reference.pmid:
        addresses.append(
            {"label": "PubMed", "url": f"https://pubmed.ncbi.nlm.nih.gov/{reference.pmid}/"}
        )
    web = (url for url in reference.urls if url.lower().startswith(("https://", "http://")))
    return addresses + [{"label": "Link", "url": url} for url in list(web)[:3]]


def _empty(stage: Stage, state: State, tally: Mapping[State, int]) -> str:
    if state is not State.OPEN:
        return f"Nothing here: no work is “{STATES[state]}” at this stage."
    if sum(tally.values()) == 0:
        return (
            "Nothing to screen yet: import records first."
            if stage is Stage.TITLE_ABSTRACT
            else "Nothing to read yet: include works by title and abstract first."
        )
    if tally[state]:
        return "Nothing waits for you here now; the rest is with others."
    return "Everything here is decided. Well done."
