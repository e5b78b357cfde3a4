"""Two runs side by side: what got better or worse, and whether that is beyond noise."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import streamlit as st

from eval.compare import (
    FEWEST,
    SIGNIFICANT,
    Comparison,
    MeasureChange,
    QuestionChange,
    Verdict,
    compare,
)
from eval.errors import RunInvalid
from eval.runs import RunHeader, read_run
from eval.words import percent, worth_in_words
from ui.evaluation import files
from ui.evaluation.results import open_run
from ui.publications import table_html
from ui.site import Site

_STAMP = re.compile(r"-\d{8}T\d{6}$| \(accepted baseline\)$")
_VERDICTS = {
    Verdict.BETTER: "The new run is better",
    Verdict.SAME: "No difference beyond noise",
    Verdict.TOO_FEW: f"Too few questions to tell: fewer than {FEWEST} show no change beyond noise",
    Verdict.WORSE: "The new run is worse",
}
_CAPTION = (
    "Over the questions of both runs. Better and worse count questions; the last column tells how "
    "often chance alone would change the figure as far"
)
_RULE = (
    "A measure counts as fallen when chance alone would make it fall as far in fewer than "
    f"{round(100 * SIGNIFICANT)} of 100 cases (paired randomisation test). One fallen measure, or "
    "one quotation that does not stand on its page, makes the new run worse."
)


def show(site: Site, folder: Path) -> None:
    """The section."""
    del site  # runs are compared as they were saved
    found = files.runs(folder)
    names = list(found)
    if len(names) < 2:  # noqa: PLR2004  # it takes two to compare
        st.html("<p>There is only one run. Make another in the section “Run”.</p>")
        return
    new_name = st.selectbox("New run", names, index=0, key="compare_new")
    others = [name for name in names if name != new_name]
    old_name = st.selectbox(
        "Old run",
        others,
        index=others.index(_partner(found, new_name, others)),
        key=f"compare_old_{names.index(new_name)}",
    )
    old, new = open_run(found[old_name]), open_run(found[new_name])
    if old is None or new is None:
        return
    comparison = compare(old, new)
    if not comparison.compared:
        st.html(
            "<p>The two runs have no question in common. Choose another old run, or run the same "
            "set again after a change.</p>"
        )
        return
    st.html(_verdict_html(comparison))
    st.html(_left_out_html(comparison.left_out))
    st.html(_differences_html(old.header, new.header))
    rows = [_measure_row(measure) for measure in comparison.measures]
    columns = ("Measure", "Old", "New", "Better", "Worse", "Chance")
    st.html("<h2>Measures</h2>" + table_html(_CAPTION, columns, rows))
    st.html(_stages_html(comparison))
    st.html(_questions_html(comparison))


def _partner(found: Mapping[str, Path], new_name: str, others: Sequence[str]) -> str:
    """The run to compare with at first: of the same set if there is one, else of shared questions.

    Where there is neither, it is the first of the others.
    """
    same_set = [name for name in others if _set_of(name) == _set_of(new_name)]
    if same_set:
        return same_set[0]
    asked = _asked_in(found[new_name])
    return next((name for name in others if asked & _asked_in(found[name])), others[0])


def _asked_in(file: Path) -> frozenset[tuple[str, str]]:
    """Id and words of the questions of a run; none where it cannot be read."""
    try:
        return _read_questions(str(file), file.stat().st_mtime_ns)
    except (RunInvalid, OSError):
        return frozenset()


@st.cache_data(show_spinner="Looking for a run to compare with …")
def _read_questions(file: str, changed: int) -> frozenset[tuple[str, str]]:
    del changed  # only tells the cache that the file is another
    outcomes = read_run(Path(file)).outcomes
    return frozenset((o.question.question_id, o.question.question) for o in outcomes)


def _set_of(name: str) -> str:
    """The set that a run was made of, by its name: “tea-20261125T070551”, “tea (accepted …)”."""
    return _STAMP.sub("", name)


def _differences_html(old: RunHeader, new: RunHeader) -> str:
    """What changed between two runs: what a difference in the figures may come from."""
    facts = (
        ("Question set", old.question_set, new.question_set),
        ("Index release", str(old.release), str(new.release)),
        ("Publications and how they were indexed", old.index_fingerprint, new.index_fingerprint),
        ("Model", old.model, new.model),
        ("Program", old.commit or "not known", new.commit or "not known"),
        ("Source of the program", old.program_sha256[:12], new.program_sha256[:12]),
        *(
            (f"Setting {name}", str(value), str(new.settings["answer"].get(name)))
            for name, value in old.settings["answer"].items()
        ),
    )
    rows = [
        (escape(name), (escape(before[:60]), escape(now[:60])))
        for name, before, now in facts
        if before != now
    ]
    if not rows:
        return "<p>Both runs were made of the same set, publications, settings and program.</p>"
    return "<h2>What changed</h2>" + table_html(
        "Between the old and the new run", ("What", "Old", "New"), rows
    )


def _stages_html(comparison: Comparison) -> str:
    """Misses by stage in both runs."""
    if not comparison.stages:
        return ""
    rows = [
        (escape(stage), (str(before), str(now)))
        for stage, (before, now) in comparison.stages.items()
    ]
    return "<h2>Misses</h2>" + table_html(
        "By the stage that lost them", ("Stage", "Old", "New"), rows
    )


def _verdict_html(comparison: Comparison) -> str:
    fallen = [m for m in comparison.measures if m.fell]
    told = "".join(
        f"<li>{escape(m.name)} fell: {escape(', '.join(m.worse))}</li>" for m in fallen
    ) + "".join(f"<li>not on its page: {escape(fault)}</li>" for fault in comparison.faults)
    return (
        f'<div class="ssa-notice"><p><strong>{_VERDICTS[comparison.verdict]}</strong> '
        f"({comparison.compared} questions compared)</p>{f'<ul>{told}</ul>' if told else ''}"
        f"<p>{_RULE}</p></div>"
    )


def _left_out_html(ids: Sequence[str]) -> str:
    if not ids:
        return "<p>No question was left out.</p>"
    return (
        f"<details><summary>{len(ids)} questions were left out: they are in one run only, or were "
        f"judged differently</summary><p>{escape(', '.join(ids))}</p></details>"
    )


def _measure_row(measure: MeasureChange) -> tuple[str, tuple[str, ...]]:
    changed = measure.old != measure.new
    return escape(measure.name), (
        percent(measure.old),
        percent(measure.new),
        str(len(measure.better)),
        str(len(measure.worse)),
        f"{measure.p:.3f}" if changed else "no change",
    )


def _questions_html(comparison: Comparison) -> str:
    if not comparison.questions:
        return "<h2>Questions</h2><p>No question changed.</p>"
    rows = [_question_row(change) for change in comparison.questions]
    return f"<h2>Questions that changed ({len(rows)})</h2>" + table_html(
        "Old and new worth, and the stage that lost it", ("Question", "Before", "Now", "By"), rows
    )


def _question_row(change: QuestionChange) -> tuple[str, tuple[str, ...]]:
    figures = "".join(
        f"<p>{escape(name)}: {worth_in_words(old)} → {worth_in_words(new)}</p>"
        for name, (old, new) in change.changes.items()
    )
    return f"{escape(change.question_id)}<p>{escape(change.question)}</p>", (
        escape(change.old_stage or "no miss"),
        escape(change.new_stage or "no miss"),
        figures or "stage only",
    )
