"""Figures of a run as charts, each with its figures in a table beneath. The importer of altair."""

from collections.abc import Sequence
from html import escape
from typing import Any

import altair as alt
import streamlit as st

from eval.measures import nearest_rank
from eval.summary import Curve, Measure, Summary
from eval.words import interval_in_words, percent
from ui.publications import table_html

_BLUE, _AMBER = "#0b4f8a", "#8a5a00"
_PALE = "#4f86b8"  # for bars with lines across them: 3.9:1 on white, 4.6:1 below the ink
_INK, _GRID, _PAPER = "#14181d", "#8a94a0", "#ffffff"
_HEIGHT = 260
_BAR = 34  # pixels a bar of the misses takes
_AXIS_FONT = 13
_BOUNDS = (1.0, 0.99, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5)  # shares answered that the table looks at


def show_plots(summary: Summary) -> None:
    """All charts of one run."""
    measures = {measure.name: measure for measure in summary.measures}
    recalls = [measures[name] for name in measures if name.startswith("Recall@")]
    if recalls:
        _show_recalls(recalls)
    if summary.curve:
        working = (measures.get("answered"), measures.get("refused near_topic"))
        _show_curve(summary.curve, *working)
    if summary.stages:
        _show_stages(summary.stages)
    if summary.seconds:
        _show_seconds(summary.seconds)


def _show_recalls(recalls: Sequence[Measure]) -> None:
    st.html("<h2>Pages found</h2>")
    rows = [
        {"k": m.name, "share": m.mean, "low": m.interval[0], "high": m.interval[1]} for m in recalls
    ]
    x = alt.X("k:N", sort=None, title=None, axis=alt.Axis(labelAngle=0))
    share = alt.Y("share:Q", title="share of questions", scale=alt.Scale(domain=[0, 1]))
    base = alt.Chart(_data(rows), height=_HEIGHT)
    bars = base.mark_bar(color=_PALE, width=50).encode(x=x, y=share)
    whiskers = base.mark_rule(color=_INK, strokeWidth=3).encode(
        x=x, y=alt.Y("low:Q", title=""), y2="high:Q"
    )
    told = "; ".join(f"{m.name} {percent(m.mean)}" for m in recalls)
    _chart(bars + whiskers, f"Bars: questions with a right page among the first k. {told}")
    _table(
        "Pages found",
        ("Among the first", "Share", "95% interval"),
        [(m.name, (percent(m.mean), interval_in_words(m))) for m in recalls],
    )


def _show_curve(curve: Curve, answered: Measure | None, refused: Measure | None) -> None:
    st.html("<h2>Refusing against answering</h2>")
    st.html(
        "<p>Each point is a bound on how well a reply must be supported. Up: more of the questions "
        "that nothing answers are refused. Right: more of the others are answered. The diamond is "
        f"the current setting. The area is {curve.area:.2f}; a coin toss gives 0.50, and the "
        f"length of the question alone {curve.form_area:.2f}.</p>"
    )
    points = [
        {"answered": p.answered, "refused": p.refused, "bound": p.bound} for p in curve.points
    ]
    x = alt.X("answered:Q", title="answerable questions answered", scale=alt.Scale(domain=[0, 1]))
    y = alt.Y("refused:Q", title="near-topic questions refused", scale=alt.Scale(domain=[0, 1]))
    line = (
        alt.Chart(_data(points), height=_HEIGHT)
        .mark_line(color=_BLUE, interpolate="step-after")
        .encode(x=x, y=y, order="bound:Q")
    )
    rows = [("Area under the curve", (f"{curve.area:.3f}", "0.5 is a coin"))]
    layers: alt.Chart | alt.LayerChart = line
    if answered and refused:
        here = [{"answered": answered.mean, "refused": refused.mean}]
        layers = line + alt.Chart(_data(here)).mark_point(
            color=_AMBER, filled=True, size=180, shape="diamond"
        ).encode(x=x, y=y)
        rows += [
            ("Answered", (percent(answered.mean), interval_in_words(answered))),
            ("Refused near-topic", (percent(refused.mean), interval_in_words(refused))),
        ]
    told = "; ".join(f"{name} {cells[0]}" for name, cells in rows)
    _chart(layers, f"Curve: refused near-topic questions against answered ones. {told}")
    _table("Where the assistant stands", ("Figure", "Value", "95% interval"), rows)
    with st.expander("The curve in figures"):
        _table("What a bound on the support would do", *_curve_rows(curve))


def _curve_rows(curve: Curve) -> tuple[tuple[str, str, str], list[tuple[str, Sequence[str]]]]:
    """The best point of the curve for some shares of questions that must be answered."""
    rows: list[tuple[str, Sequence[str]]] = []
    for share in _BOUNDS:
        best = max(
            (point for point in curve.points if point.answered >= share),
            key=lambda point: point.refused,
        )
        rows.append((f"at least {percent(share)}", (percent(best.refused), f"{best.bound:.2f}")))
    return ("Answerable questions answered", "Near-topic refused, at most", "Bound"), rows


def _show_stages(stages: dict[str, int]) -> None:
    st.html("<h2>Where answers are lost</h2>")
    rows = [{"stage": stage, "misses": count} for stage, count in stages.items()]
    bars = (
        alt.Chart(_data(rows), height=alt.Step(_BAR))
        .mark_bar(color=_BLUE)
        .encode(
            x=alt.X("misses:Q", axis=alt.Axis(tickMinStep=1, format="d")),
            y=alt.Y("stage:N", sort=None, title=None, axis=alt.Axis(labelLimit=260)),
        )
    )
    told = "; ".join(f"{stage} {count}" for stage, count in stages.items())
    _chart(bars, f"Bars: misses by the stage that lost them. {told}")


def _show_seconds(seconds: Sequence[float]) -> None:
    st.html("<h2>Time to answer</h2>")
    figures = [
        ("Half of the replies within", (f"{1000 * nearest_rank(seconds, 50):.0f} ms",)),
        ("95 of 100 within", (f"{1000 * nearest_rank(seconds, 95):.0f} ms",)),
        ("Slowest", (f"{1000 * max(seconds):.0f} ms",)),
    ]
    bars = (
        alt.Chart(_data([{"ms": 1000 * value} for value in seconds]), height=_HEIGHT)
        .mark_bar(color=_BLUE)
        .encode(
            x=alt.X("ms:Q", bin=alt.Bin(maxbins=30), title="milliseconds"),
            y=alt.Y("count():Q", title="replies"),
        )
    )
    told = "; ".join(f"{name} {cells[0]}" for name, cells in figures)
    _chart(bars, f"Bars: how many replies took how long. {told}")
    _table("Time to answer", ("Replies", "Time"), figures)


def _data(rows: list[dict[str, Any]]) -> alt.Data:
    return alt.Data(values=rows)  # type: ignore[no-untyped-call]  # altair leaves it untyped


def _chart(chart: alt.Chart | alt.LayerChart, description: str) -> None:
    """Text as dark as the page's, and lines that can be seen: the theme's are faint."""
    dark = chart.configure_axis(
        labelColor=_INK,
        titleColor=_INK,
        labelFontSize=_AXIS_FONT,
        titleFontSize=_AXIS_FONT,
        domainColor=_GRID,
        tickColor=_GRID,
    ).properties(background=_PAPER)  # of the dark look too: the ink is dark
    st.altair_chart(dark, width="stretch", alt=description)


def _table(caption: str, columns: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> None:
    shown = [(escape(head), [escape(cell) for cell in cells]) for head, cells in rows]
    st.html(table_html(caption, columns, shown))
