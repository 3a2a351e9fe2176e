"""The page of whoever looks after a server for teams: people, invitations, and what was done.

Plain HTML. It shows titles of reviews beside what was done in them and nothing of what is in them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence.exports.account_pages import page
from evidence.exports.markup import text
from evidence.exports.public_page import told_band

TITLE = "The server"
LEAVES = (
    "They are called “Former reviewer” and a number then. What they decided stays and counts; "
    "their account, e-mail address, password and sessions are deleted; they are out of all reviews."
)
WHEN = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """Somebody with an account, as the page shows them."""

    id: int
    name: str
    emails: str
    state: str
    seen: str
    sessions: int
    is_administrator: bool
    is_blocked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationLine:
    """An invitation to the server that nobody has taken up."""

    id: int
    for_whom: str
    ends: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """Something that was done."""

    at: str
    person: str
    what: str
    review: str
    subject: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditShown:
    """A page of the audit.

    Attributes:
        kinds: codes and words of all that is written down.
        kind, since, until: by what it is filtered, as written; empty for nothing.
        more: the address of the next page; empty for none.
        file: the address of all that meets the filter, as CSV.
    """

    lines: Sequence[AuditLine]
    total: int
    kinds: Sequence[tuple[str, str]]
    kind: str
    since: str
    until: str
    more: str
    file: str


def server_page(
    people: Sequence[PersonLine],
    invitations: Sequence[InvitationLine],
    audit: AuditShown,
    *,
    told: str = "",
    link: str = "",
) -> bytes:
    """All of it.

    Args:
        people: with an account.
        invitations: that nobody has taken up.
        audit: what was done.
        told: a sentence above everything; empty for none.
        link: of an invitation that was just made; shown this once.
    """
    return page(
        TITLE,
        (
            f"<h1>{TITLE}</h1>",
            told_band(told),
            '<p><a href="./">Your account</a> · <a href="../">To the reviews</a></p>',
            *_people(people),
            *_invitations(invitations, link),
            *_audit(audit),
        ),
    )


def _people(people: Sequence[PersonLine]) -> Iterable[str]:
    yield "<h2>People</h2>"
    yield (
        "<p class='soft'>Who is blocked is signed out at once and cannot sign in; what they did "
        "stays. Looking after the server shows nobody a review.</p>"
    )
    for each in people:
        emails = f" ({text(each.emails)})" if each.emails else ""
        buttons = [
            _button(each.id, "unblock" if each.is_blocked else "block",
                    "Let in again" if each.is_blocked else "Block"),
            _button(each.id, "sign-out", "Sign out everywhere") if each.sessions else "",
            _button(each.id, "unmake" if each.is_administrator else "make",
                    "No administrator any more" if each.is_administrator else "Make administrator"),
        ]  # fmt: skip
        yield (
            f'<div class="comment"><p><b dir="auto">{text(each.name)}</b>{emails}<br>'
            f'<span class="soft">{text(each.state)} · {text(each.seen)}</span></p>'
            f"{''.join(buttons)}{_leaves(each.id)}</div>"
        )


def _leaves(person_id: int) -> str:
    return (
        "<details><summary>They leave for good</summary>"
        f"<p>{LEAVES}</p>"
        '<form method="post" action="server">'
        f'<input type="hidden" name="person" value="{person_id}">'
        '<label class="choice"><input type="checkbox" name="sure" value="yes" required> '
        "<span>I know that this cannot be undone</span></label>"
        '<button type="submit" name="act" value="pseudonymise">Give them a pseudonym</button>'
        "</form></details>"
    )


def _button(person_id: int, act: str, words: str) -> str:
    return (
        f'<form method="post" action="server" class="inline">'
        f'<input type="hidden" name="person" value="{person_id}">'
        f'<button type="submit" name="act" value="{act}">{words}</button></form> '
    )


def _invitations(invitations: Sequence[InvitationLine], link: str) -> Iterable[str]:
    yield "<h2>Invitations to the server</h2>"
    if link:
        yield (
            '<p class="band" role="status">Send this link to them; it works once, and is shown '
            f"only now:<br><code>{text(link)}</code></p>"
        )
    yield (
        '<form method="post" action="server" class="survey">'
        '<p><label for="for_whom">A name or an e-mail address, for your own list</label>'
        '<input id="for_whom" name="for_whom" required></p>'
        '<label class="choice"><input type="checkbox" name="administrator" value="yes"> '
        "<span>They look after the server, too</span></label>"
        '<button type="submit" name="act" value="invite">Make a link</button></form>'
    )
    for each in invitations:
        yield (
            f'<form method="post" action="server" class="comment"><p>{text(each.for_whom)}, until '
            f'{text(each.ends)} <input type="hidden" name="invitation" value="{each.id}">'
            '<button type="submit" name="act" value="withdraw">Withdraw</button></p></form>'
        )


def _audit(shown: AuditShown) -> Iterable[str]:
    yield "<h2>What was done</h2>"
    options = "".join(
        f'<option value="{text(code)}"{" selected" if code == shown.kind else ""}>'
        f"{text(words)}</option>"
        for code, words in shown.kinds
    )
    yield (
        '<form method="get" action="server" class="survey"><p><label for="kind">What</label>'
        f'<select id="kind" name="kind"><option value="">everything</option>{options}</select></p>'
        f'<p><label for="since">From</label><input id="since" name="since" type="date" '
        f'value="{text(shown.since)}"></p><p><label for="until">Up to</label>'
        f'<input id="until" name="until" type="date" value="{text(shown.until)}"></p>'
        '<button type="submit">Show</button></form>'
    )
    yield f'<p>{shown.total:,} entries. <a href="{text(shown.file)}">All of them as CSV</a></p>'
    heads = "".join(f"<th>{head}</th>" for head in ("When", "Who", "What", "Review", "", "From"))
    yield f'<div class="wide"><table><thead><tr>{heads}</tr></thead><tbody>'
    for line in shown.lines:
        cells = (line.at, line.person, line.what, line.review, line.subject, line.address)
        yield "<tr>" + "".join(f'<td dir="auto">{text(cell)}</td>' for cell in cells) + "</tr>"
    yield "</tbody></table></div>"
    if shown.more:
        yield f'<p><a href="{text(shown.more)}">Earlier ones</a></p>'
