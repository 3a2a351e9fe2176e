"""The screening page's component: a deck of works that is answered in the browser.

The parts in the browser are screener.html, .css and .js; this module gives them their data and
takes their decisions. Why a component: docs/decisions/screening-component.md.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from evidence.citations.record import Reference
from evidence.errors import WaymarkError
from evidence.steps import screening
from evidence.steps.desk import Desk
from evidence.ui.words import STATES, VERDICTS

HERE = Path(__file__).parent
KEPT_SHOWN = 400  # acknowledged ids that are told to the browser again
AUTHORS_SHOWN = 12
KEY = "screener"  # one for all stages, so that never two decks listen to the keys


@st.cache_resource(show_spinner=False)
def _component() -> Any:
    return st.components.v2.component(
        "waymark_screener",
        html=(HERE / "screener.html").read_text(encoding="utf-8"),
        css=(HERE / "screener.css").read_text(encoding="utf-8"),
        js=(HERE / "screener.js").read_text(encoding="utf-8"),
    )


def screener(desk: Desk, stage: screening.Stage, state: screening.State) -> None:
    """Show the deck and keep what is decided on it."""
    told = st.session_state.setdefault("screener-told", {"kept": [], "refused": {}})
    tray = screening.tray(desk, stage, state=state)
    _component()(
        key=KEY,
        data=deck(desk, tray, state) | told,
        on_decisions_change=lambda: take(desk, st.session_state[KEY], told),
    )


def take(desk: Desk, message: Mapping[str, Any], told: dict[str, Any]) -> None:
    """Keep decisions from the browser, and note which are kept and which are refused."""
    sent = message.get("decisions") or {}
    items = sent.get("items") if isinstance(sent, Mapping) else None
    if not isinstance(items, list):
        return
    ids = [str(item.get("client_id", "")) for item in items if isinstance(item, Mapping)]
    try:
        screening.decide(desk, screening.from_browser(items))
        told["kept"] = (told["kept"] + ids)[-KEPT_SHOWN:]
    except WaymarkError as error:
        if len(items) > 1:  # one bad decision must not hold up the good ones
            for item in items:
                take(desk, {"decisions": {"items": [item]}}, told)
        else:
            told["refused"] = {**told["refused"], **dict.fromkeys(ids, str(error))}


def deck(desk: Desk, tray: screening.Tray, state: screening.State) -> dict[str, Any]:
    """What the browser needs to know, as plain values."""
    storage = f"waymark-{desk.review_id}-{desk.person_id}-"
    return {
        "scope": f"{storage}{tray.stage}-{state}",
        "storage": storage,
        "stage": tray.stage.value,
        "verdicts": [verdict.value for verdict in screening.possible(tray.stage)],
        "labels": {verdict.value: label for verdict, label in VERDICTS.items()},
        "reason_needed": tray.stage is screening.Stage.FULL_TEXT,
        "settles": state is screening.State.CONFLICT,
        "waiting": [
            card(one.id, one.reference, tray.documents.get(one.id, ()))
            | {"voices": voices(tray.voices.get(one.id, ()))}
            for one in tray.waiting
        ],
        "recent": [
            {"card": card(one.id, one.reference), "verdict": said.verdict.value}
            for said, one in tray.recent
        ],
        "reasons": [{"id": reason.id, "label": reason.label} for reason in tray.reasons],
        "terms": {"include": list(tray.terms.include), "exclude": list(tray.terms.exclude)},
        "criteria": list(tray.criteria),
        "open": tray.tally[state],
        "empty": _empty(tray, state),
    }


def card(
    work_id: int, reference: Reference, documents: Sequence[screening.Document] = ()
) -> dict[str, Any]:
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
            *({"label": f"PDF: {one.name}", "url": f"/full-text/{one.id}"} for one in documents),
            *links(reference),
        ],
    }


def voices(said: Sequence[screening.Decision]) -> list[str]:
    """What each person said of a work in conflict."""
    told = []
    for one in said:
        because = "; ".join(part for part in (one.reason, one.note) if part)
        told.append(f"{one.person}: {VERDICTS[one.verdict]}" + (f" ({because})" if because else ""))
    return told


def links(reference: Reference) -> list[dict[str, str]]:
    """Where the work can be read; only web addresses."""
    found = []
    if reference.doi:
        found.append({"label": "DOI", "url": f"https://doi.org/{reference.doi}"})
    if reference.pmid:
        found.append(
            {"label": "PubMed", "url": f"https://pubmed.ncbi.nlm.nih.gov/{reference.pmid}/"}
        )
    web = (url for url in reference.urls if url.lower().startswith(("https://", "http://")))
    return found + [{"label": "Link", "url": url} for url in list(web)[:3]]


def _empty(tray: screening.Tray, state: screening.State) -> str:
    if state is not screening.State.OPEN:
        return f"Nothing here: no work is “{STATES[state]}” at this stage."
    if sum(tray.tally.values()) == 0:
        return (
            "Nothing to screen yet: import records first."
            if tray.stage is screening.Stage.TITLE_ABSTRACT
            else "Nothing to read yet: include works by title and abstract first."
        )
    return "Everything here is decided. Well done."
