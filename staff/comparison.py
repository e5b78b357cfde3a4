"""A candidate and the live release on disk -> their comparison, kept for whoever publishes.

FOLDER/gate/000007-000006.json   release 7 compared with 6, while 6 was live
"""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from answer.assistant import open_assistant
from answer.pipeline import Assistant
from eval.outcome import Outcome
from eval.question_files import read_question_set
from eval.run import run_questions
from index.errors import IndexMissing
from index.query_embedder import QueryEmbedder
from index.releases import current_number
from ingest.whole_file import write_whole
from staff.gate import AnswerChange, Comparison, Effect, compare

OnQuestion = Callable[[int, int], None]  # questions asked so far, and in all


def compare_releases(
    root: Path,
    config: Path,
    questions_file: Path,
    candidate: int,
    *,
    embedder: QueryEmbedder,
    on_question: OnQuestion,
) -> Comparison:
    """Ask both releases the question set, one after the other.

    Args:
        root: the index folder.
        config: settings file.
        questions_file: the set.
        candidate: number of the release that may be published.
        embedder: the model that both are asked with.
        on_question: told after each question.

    Raises:
        IndexMissing: nothing is published yet: there is nothing to compare with.
        EvalError: the question set has faults.
        SearchIndexError: a release cannot be opened.
    """
    live = current_number(root)
    if live is None:
        message = f"{root}: nothing is published yet, so there is nothing to compare with"
        raise IndexMissing(message)
    questions = read_question_set(questions_file)
    new = open_assistant(root, config, number=candidate, embedder=embedder)
    old = open_assistant(root, config, number=live, embedder=embedder)
    shared = _files(old) & _files(new)
    asked = [q for q in questions if {gold.file for gold in q.gold} <= shared]

    def run(assistant: Assistant, done: int) -> list[Outcome]:
        outcomes = []
        for outcome in run_questions(assistant, asked):
            outcomes.append(outcome)
            on_question(done + len(outcomes), 2 * len(asked))
        return outcomes

    ids = {question.question_id for question in asked}
    return compare(
        run(old, 0),
        run(new, len(asked)),
        releases=(live, candidate),
        known={gold.file for question in questions for gold in question.gold},
        left_out=[q.question_id for q in questions if q.question_id not in ids],
    )


def keep(folder: Path, comparison: Comparison) -> None:
    """Write a comparison where `kept` finds it, in one step."""
    file = _file(folder, comparison.candidate, comparison.live)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, json.dumps(asdict(comparison), ensure_ascii=False).encode())


def kept(folder: Path, candidate: int, live: int | None) -> Comparison | None:
    """The comparison of a candidate with the release that is live; None when there is none."""
    if live is None:
        return None
    try:
        data = json.loads(_file(folder, candidate, live).read_text("utf-8"))
        changes = tuple(
            AnswerChange(**{**change, "effect": Effect(change["effect"])})
            for change in data["changes"]
        )
        return Comparison(**{**data, "left_out": tuple(data["left_out"]), "changes": changes})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _file(folder: Path, candidate: int, live: int) -> Path:
    return folder / "gate" / f"{candidate:06d}-{live:06d}.json"


def _files(assistant: Assistant) -> set[str]:
    """The files of the publications that can be quoted."""
    documents = assistant.release.documents_by_id
    return {documents[doc_id].file or "" for doc_id in assistant.release.passages_by_document}
