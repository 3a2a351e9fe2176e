"""The head of each page that leaves Waymark, with the policy of content that it names in itself."""

import base64
import hashlib
from collections.abc import Sequence

from evidence.exports.markup import text


def hash_of(content: str) -> str:
    """By which a policy allows one style or script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def page_head(  # noqa: PLR0913 - what differs between pages
    title: str,
    style: str,
    *,
    scripts: Sequence[str] = (),
    without_scripts: str = "",
    forms_to: str = "'none'",
    kind: str = "",
    referrer: str = "no-referrer",
) -> str:
    """A page from its first letter to the begin of its body.

    Its policy allows these styles and scripts by their hashes, pictures inside the page, and
    nothing else.

    Args:
        title: of the window.
        style: that the page has.
        scripts: that it has further below.
        without_scripts: a style for readers who let no script run; empty for none.
        forms_to: where its forms may lead, as a policy says it.
        kind: class of the page for its style; empty for none.
        referrer: to whom a browser says from which page it comes.
    """
    styles = [hash_of(each) for each in (style, without_scripts) if each]
    policy = "; ".join(
        [
            "default-src 'none'",
            *([f"script-src {' '.join(map(hash_of, scripts))}"] if scripts else []),
            f"style-src {' '.join(styles)}",
            "img-src data:",
            "base-uri 'none'",
            f"form-action {forms_to}",
        ]
    )
    named = f' class="{kind}"' if kind else ""
    unscripted = f"<noscript><style>{without_scripts}</style></noscript>" if without_scripts else ""
    return (
        f'<!doctype html>\n<html lang="en"{named}><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="referrer" content="{referrer}"><meta name="generator" content="Waymark">'
        f'<link rel="icon" href="data:,"><title>{text(title)}</title><style>{style}</style>'
        f"{unscripted}</head><body>"
    )
