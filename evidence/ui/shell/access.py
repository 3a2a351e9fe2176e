"""What Streamlit's pages lack for people who use no mouse.

Frames that scroll are reached by key, and the first Tab after "Skip to main content" goes to what
the page is for, not to the link beside its heading.
"""

from pathlib import Path
from typing import Any

import streamlit as st

SCRIPT = Path(__file__).with_suffix(".js")
CHOOSER = "[data-testid=stFileUploaderDropzone] button"
TAB = "[role=tab][aria-selected=true]"
MAIN = "[data-testid=stMain]"

# What each page is for, as selectors of which the first that is there counts.
MAIN_ACTS: dict[str, tuple[str, ...]] = {
    "reviews": (
        "[class*='st-key-open-'] button",
        ".st-key-example button",
        f"{MAIN} [data-testid=stExpander] summary",
    ),
    "team": (TAB,),
    "importing": (CHOOSER,),
    "records": (".st-key-words input",),
    "duplicates": ("[class*='st-key-same-'] button", ".st-key-run button"),
    "screening": ("[class*='st-key-begin-'] button", "#include", "#undo"),
    "conflicts": ("[class*='st-key-include-'] button", f"{MAIN} [role=radiogroup] button"),
    "stopping": (".st-key-target input",),
    "full_texts": ("[data-testid=stPopover] button",),
    "decisions": (CHOOSER,),
    "studies": (".st-key-reports input", ".st-key-find-study input"),
    "coding": (
        "[class*='st-key-take-'] button",
        "#desk .question.current input",
        "#desk .question.current [tabindex='0']",
    ),
    "reconciling": ("#reconciling .current", f"{MAIN} [data-testid=stPageLink-NavLink]"),
    "coders": (TAB, "[class*='st-key-take-'] button"),
    "schemes": (".st-key-scheme-to-edit input", "[class*='st-key-take-'] button"),
    "services": (f"{MAIN} [data-testid=stTextInput] input", f"{MAIN} summary"),
    "survey": (TAB, f"{MAIN} [data-testid=stPageLink-NavLink]"),
    "fidelity": (TAB, f"{MAIN} [data-testid=stPageLink-NavLink]"),
    "monitoring": (TAB, f"{MAIN} [data-testid=stPageLink-NavLink]"),
    "framework": (".st-key-framework-view button",),
    "claims": (".st-key-claims-words input", f"{MAIN} button"),
    "principles": ("[class*='st-key-principle-shown-'] input", f"{MAIN} button"),
    "evidence_map": (
        ".map-viewer table [tabindex='0']",
        ".map-viewer .map-list button",
        ".map-viewer .map-study",
    ),
    "protocol": (f"{MAIN} textarea", f"{MAIN} a[data-testid=stPageLink-NavLink]"),
    "stages": ("[class*='st-key-rule-in-depth'] summary",),
    "directions": (".st-key-contrast input",),
    "pooling": (".st-key-pool-contrast input", f"{MAIN} input"),
    "summary_of_findings": (".st-key-summary-contrast input",),
    "appraisal": (".st-key-appraisal-scheme input", f"{MAIN} [data-testid=stPageLink-NavLink]"),
    "themes": (f"{MAIN} [data-testid=stTextInput] input", f"{MAIN} input"),
    "conclusions": (f"{MAIN} textarea", f"{MAIN} button"),
    "counts": (".st-key-flow-svg button",),
    "publish": (f"{MAIN} input",),
    "report": ("#report-editor .section-row[aria-selected=true]",),
}
ANY = (f"{MAIN} a[data-testid=stPageLink-NavLink]", f"{MAIN} button", f"{MAIN} input")


@st.cache_resource(show_spinner=False)
def _component() -> Any:
    return st.components.v2.component(
        "waymark_access", html="<span></span>", js=SCRIPT.read_text("utf-8")
    )


def by_key(page: str) -> None:
    """Make a page usable by key; belongs into the frame.

    Args:
        page: the name of its file.
    """
    with st.sidebar:
        _component()(key="waymark-access", data={"acts": [*MAIN_ACTS.get(page, ()), *ANY]})
