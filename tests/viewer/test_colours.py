"""The viewer's colours are those of the charts, so that a segment looks the same in both."""

import re
from pathlib import Path

from evidence import viewer
from evidence.charts.palette import CATEGORIES, THEMES, VISIBLE, contrast

HERE = Path(viewer.__file__).parent
PATTERNS = (HERE / "marks/segment_patterns.js").read_text(encoding="utf-8")
STYLE = (HERE / "map_viewer.css").read_text(encoding="utf-8")
READ = 4.5


def themed(name: str) -> tuple[str, str]:
    """The value of a colour in the light and in the dark."""
    found = re.search(rf"--{name}: light-dark\((#\w+), (#\w+)\)", STYLE)
    assert found
    light, dark = found.groups()
    return (light if len(light) > 4 else "#" + "".join(2 * sign for sign in light[1:])), dark


def test_segments_and_grounds_have_the_colours_of_the_charts() -> None:
    assert re.findall(r'"(#\w{6})"', PATTERNS) == list(CATEGORIES)
    for name in ("ground", "panel", "ink", "quiet", "line"):
        ours = [colour.upper() for colour in themed(name)]
        assert ours == [getattr(THEMES["light"], name), getattr(THEMES["dark"], name)]


def test_the_ground_of_bars_is_that_of_the_map() -> None:
    (ground,) = re.findall(r'GROUND = "light-dark\((#\w+, #\w+)\)"', PATTERNS)
    assert f"--ground: light-dark({ground})" in STYLE


def test_pale_segments_have_an_outline_and_letters_are_read_on_the_strongest_tint() -> None:
    (pale,) = re.findall(r"const PALE = (\d+);", PATTERNS)
    for at, theme in enumerate(THEMES.values()):
        seen = [contrast(colour, theme.ground) >= VISIBLE for colour in CATEGORIES[: int(pale)]]
        assert all(seen)
        assert contrast(theme.ink, themed("heat")[at]) >= READ
        assert contrast(themed("reviews")[at], themed("heat")[at]) >= READ
        assert contrast(themed("accent")[at], theme.ground) >= READ
