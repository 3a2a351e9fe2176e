"""Comments on a public page: those that were accepted, and the form for the next one.

All is plain HTML. A comment is text, whatever it looks like: nothing in it becomes an element or a
link. The form has a field that people do not see; who fills it in is a program.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from evidence.exports.markup import isolated, text
from evidence.exports.public_page import page

TRAP = "website"  # name of the field that nobody sees
SENT = "Thank you. The authors read your comment first; what they accept is shown on the page."


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownComment:
    """A comment that the authors accepted.

    Attributes:
        about: what it is about, in words.
        answer, changed: of the authors; empty for none.
    """

    about: str
    name: str
    date: str
    comment: str
    answer: str = ""
    changed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentForm:
    """The form, as it stands.

    Attributes:
        title: of the page that is commented on.
        subjects: key, group and words of each thing that a comment can be about, in groups.
        about, name, comment: what is filled in.
        longest_name, longest_comment: how many characters they may have.
        wrong: what has to be mended; empty for nothing.
        is_sent: whether a comment was sent a moment ago.
    """

    title: str
    subjects: Sequence[tuple[str, str, str]]
    longest_name: int
    longest_comment: int
    about: str = ""
    name: str = ""
    comment: str = ""
    wrong: str = ""
    is_sent: bool = False


def comments_part(
    comments: Iterable[ShownComment], *, takes_comments: bool, to_top: str, not_shown: int = 0
) -> str:
    """The part of the page with its comments; nothing where there is none and none is taken.

    Args:
        comments: newest first.
        takes_comments: whether readers can write the next one.
        to_top: from the page that is shown to the newest version.
        not_shown: how many older ones were accepted, too.
    """
    shown = "".join(_comment(each) for each in comments)
    if not_shown:
        older = "older comment was" if not_shown == 1 else "older comments were"
        shown += f'<p class="soft">{not_shown:,} {older} accepted, too, and not shown here.</p>'
    way = ""
    if takes_comments:
        way = (
            '<p>What is missing, wrong or unclear? <a href="'
            f'{to_top}comment">Write a comment</a>; no account is needed.</p>'
        )
    return f"<h2>Comments</h2>{way}{shown}" if shown or way else ""


def form_page(form: CommentForm) -> bytes:
    """The page with the form."""
    told = ""
    if form.wrong:
        told = f'<p class="band wrong" role="alert" id="told">{text(form.wrong)}</p>'
    elif form.is_sent:
        told = f'<p class="band" role="status">{SENT}</p>'
    return page(
        f"Comment: {form.title}",
        (
            '<p class="soft"><a href="./">Back to the page</a></p>',
            f"<h1>Comment on {isolated(form.title)}</h1>",
            told,
            _form(form),
        ),
    )


def closed_page(title: str, why: str) -> bytes:
    """The page where no comments are taken."""
    back = '<p><a href="./">Back to the page</a></p>'
    return page(title, (f"<h1>{text(title)}</h1>", f"<p>{text(why)}</p>", back))


def _comment(shown: ShownComment) -> str:
    answer = ""
    if shown.answer:
        answer = f'<div class="answer"><strong>Answer</strong>{_lines(shown.answer)}</div>'
    changed = ""
    if shown.changed:
        changed = f'<div class="answer"><strong>What changed</strong>{_lines(shown.changed)}</div>'
    return (
        f'<div class="comment"><p class="soft">{isolated(shown.name)}, {text(shown.date)}, on '
        f"{isolated(shown.about)}</p>{_lines(shown.comment)}{answer}{changed}</div>"
    )


def _lines(words: str) -> str:
    """Each line as a paragraph, without any link."""
    lines = (line.strip() for line in words.splitlines())
    return "".join(f'<p dir="auto">{text(line)}</p>' for line in lines if line)


def _form(form: CommentForm) -> str:
    wrong = ' aria-describedby="told"' if form.wrong else ""
    return (
        f'<form method="post" action="comment"{wrong}>'
        f'<label for="about">What it is about</label><select id="about" name="about">'
        f"{_options(form)}</select>"
        f'<label for="comment">Comment <span class="hint">plain text, up to '
        f"{form.longest_comment:,} characters</span></label>"
        f'<textarea id="comment" name="comment" required maxlength="{form.longest_comment}">\n'
        f"{text(form.comment)}</textarea>"
        '<label for="name">Your name or initials <span class="hint">shown beside your comment if '
        "it is accepted</span></label>"
        f'<input id="name" name="name" required maxlength="{form.longest_name}" '
        f'autocomplete="name" value="{text(form.name)}">'
        f'<div class="trap" aria-hidden="true"><label for="{TRAP}">Leave this empty</label>'
        f'<input id="{TRAP}" name="{TRAP}" tabindex="-1" autocomplete="off"></div>'
        '<button type="submit">Send to the authors</button></form>'
    )


def _options(form: CommentForm) -> str:
    parts = []
    for group, subjects in groupby(form.subjects, key=lambda each: each[1]):
        options = "".join(
            f'<option value="{text(key)}"{" selected" if key == form.about else ""}>'
            f"{text(words)}</option>"
            for key, _, words in subjects
        )
        parts.append(f'<optgroup label="{text(group)}">{options}</optgroup>' if group else options)
    return "".join(parts)
