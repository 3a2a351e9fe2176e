"""Charts in the browser have no bar of buttons: none that sends them to a server of plotly."""

from evidence.ui.shell.charts import CONFIG
from tests.conftest import ROOT

SOURCES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for folder in ("evidence", "pages")
    for path in (ROOT / folder).rglob("*.py")
}


def test_no_chart_has_a_button_that_sends_it_away() -> None:
    assert CONFIG["displayModeBar"] is False
    assert CONFIG["showSendToCloud"] is False
    assert CONFIG["plotlyServerURL"] == ""


def test_charts_come_to_a_page_in_one_way_and_into_no_file() -> None:
    shown = [name for name, text in SOURCES.items() if "plotly_chart(" in text]
    assert shown == ["evidence/ui/shell/charts.py"]
    for way in ("write_html(", "to_html(", "include_plotlyjs", "plotly.io", "plotly.offline"):
        assert [name for name, text in SOURCES.items() if way in text] == []
