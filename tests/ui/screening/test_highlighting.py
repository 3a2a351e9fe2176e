"""Terms are marked as on the deck, and text stays text."""

import pytest

from evidence.ui.screening.highlighting import marked


@pytest.mark.parametrize(
    ("text", "include", "exclude", "expected"),
    [
        ("Mice garden", ["garden*"], ["mice"], [("exclude", "Mice"), ("include", "garden")]),
        ("gardening networks", ["garden*", "work"], [], [("include", "gardening")]),
        (
            "supported  employment",
            ["supported employment"],
            [],
            [("include", "supported  employment")],
        ),
        ("Über uns", ["über"], [], [("include", "Über")]),
        ("a.b axb", ["a.b"], [], [("include", "a.b")]),
        ("anything", ["*", " "], [], []),
    ],
)
def test_whole_words_are_marked(
    text: str, include: list[str], exclude: list[str], expected: list[tuple[str, str]]
) -> None:
    shown = marked(text, include, exclude)
    for kind, word in expected:
        assert f'<mark class="{kind}"' in shown
        assert f">{word}</mark>" in shown
    assert shown.count("<mark") == len(expected)


def test_text_from_outside_is_escaped() -> None:
    shown = marked("<script>work</script> & more", ["work"], [])
    assert "<script>" not in shown
    assert "&lt;script&gt;<mark" in shown
    assert "&amp; more" in shown
