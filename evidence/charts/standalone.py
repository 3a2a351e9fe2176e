"""A chart as one file that needs neither a server nor the network."""

from html import escape

import plotly.graph_objects as go


def standalone(figure: go.Figure, *, title: str, caption: str) -> str:
    """A whole HTML page with the chart, its title, and what it rests on."""
    drawn = figure.to_html(full_html=False, include_plotlyjs=True, config={"displaylogo": False})
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title>"
        "<style>body{font:16px/1.5 system-ui,sans-serif;margin:1.5rem;color:#1c2530;"
        "background:#fff;overflow-x:auto}</style></head>"
        f"<body><h1>{escape(title)}</h1><p>{escape(caption)}</p>{drawn}</body></html>\n"
    )
