"""What an author writes on the example for the pictures of the docs: themes, statements, a report,
and a public page with comments. All of it can be checked against the example's codings.
"""

from evidence.steps.desk import Desk
from evidence.steps.results import map_document
from evidence.steps.results.concluding import conclusions, support_choices
from evidence.steps.results.publishing import publish, reader_comments
from evidence.steps.results.publishing.publish import PublicChoice
from evidence.steps.results.publishing.reader_comments import SentComment
from evidence.steps.results.theming import themes
from evidence.steps.review import membership, people
from evidence.store import Store
from evidence.store.results.reader_comments import CommentAnswer, CommentState
from evidence.synthesis.conclusions.conclusion import (
    AUDIENCES,
    Conclusion,
    ConclusionKind,
    Support,
    SupportKind,
)
from evidence.synthesis.themes.theme_tree import Theme, ThemeLevel

EXAMPLE = 1  # the number of its review
EMPTY_CELL = "Peer support × Self-esteem"
CODES = {  # with words of the notes that stand under each
    "Differences by work status": ("differences by work status",),
    "Improvement with work": ("Improvement with competitive work", "who entered work"),
}


def write_on_example(database: str, name: str) -> str:
    """Take part under a name and write; gives the token of what is published."""
    store = Store.open(database)
    try:
        desk = Desk(store=store, person_id=people.named(store, name).id, review_id=EXAMPLE)
        membership.join(desk)
        _build_themes(desk)
        _conclude(desk)
        return _publish(store, desk)
    finally:
        store.close()


def _build_themes(desk: Desk) -> None:
    above = ""
    for level, name in (
        (ThemeLevel.ANALYTICAL, "Work itself, beside the service"),
        (ThemeLevel.DESCRIPTIVE, "What goes with having work"),
    ):
        theme = Theme(uid=themes.new_uid(), level=level, name=name, parent=above)
        themes.add(desk, theme)
        above = theme.uid
    pieces = themes.board(desk).pieces.values()
    for name, words in CODES.items():
        code = Theme(uid=themes.new_uid(), level=ThemeLevel.CODE, name=name, parent=above)
        themes.add(desk, code)
        said = [piece.key for piece in pieces if any(each in piece.text for each in words)]
        themes.place(desk, code.uid, said)


def _conclude(desk: Desk) -> None:
    cells = support_choices.of_codings(desk, map_document.wanted(desk)).cells
    (gap,) = (cell for cell, label in cells.items() if label == EMPTY_CELL)
    gone_without = Conclusion(
        uid=conclusions.new_uid(),
        text="No study here says what peer support changes for self-esteem.",
        audience=AUDIENCES[1],
        supports=(gap,),
    )
    conclusions.add(desk, gone_without)
    conclusions.add(
        desk,
        Conclusion(
            uid=conclusions.new_uid(),
            text="Study peer support beside work, and ask about self-esteem.",
            kind=ConclusionKind.RECOMMENDATION,
            audience=AUDIENCES[1],
            supports=(Support(kind=SupportKind.STATEMENT, ids=(gone_without.uid,)),),
        ),
    )


def _publish(store: Store, desk: Desk) -> str:
    token = publish.publish(desk, PublicChoice()).publication.token
    _, subjects = reader_comments.subjects(store, token)
    by_words = {subject.words: key for key, subject in subjects.items()}
    for about, name, comment in (
        (EMPTY_CELL, "R. D.", "We know of a project that might belong here; may we send it?"),
        ("The page as a whole", "A. L.", "Where can we read how the studies were found?"),
    ):
        sent = SentComment(about=by_words[about], name=name, comment=comment)
        reader_comments.send(store, token, sent, "127.0.0.1")
    first = reader_comments.listing(desk)[-1]
    answer = CommentAnswer(
        state=CommentState.ACCEPTED, answer="Yes, please: tell us here where it was published."
    )
    reader_comments.answer(desk, [first.id], answer)
    return token
