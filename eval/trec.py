"""Questions, judgements and rankings in the form of TREC, and measures by its tools.

The only importer of ir-measures, which computes with trec_eval's own code.
"""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

import ir_measures
from ir_measures import RR, nDCG

from eval.errors import RunInvalid
from eval.measures import PageId, gold_pages
from eval.questions import JudgedQuestion
from eval.runs import Run

_MEASURES = {"MRR@10": RR @ 10, "nDCG@10": nDCG @ 10}


def ranked_measures(ranking: Sequence[PageId], question: JudgedQuestion) -> dict[str, float]:
    """MRR@10 and nDCG@10 of one ranking of pages, every gold page being relevant alike.

    Args:
        ranking: best first; its order counts, so equal scores are no ties.
        question: with at least one gold page.
    """
    qrels = [ir_measures.Qrel("q", _docno(page), 1) for page in gold_pages(question)]
    run = [
        ir_measures.ScoredDoc("q", _docno(page), 1 / rank)
        for rank, page in enumerate(ranking, start=1)
    ]
    if not run:
        return dict.fromkeys(_MEASURES, 0.0)
    found = ir_measures.calc_aggregate(_MEASURES.values(), qrels, run)
    return {name: float(found[measure]) for name, measure in _MEASURES.items()}


def write_trec(run: Run, folder: Path) -> list[Path]:
    """Write topics, qrels and a run file that TREC's tools read.

    A document is a page: "file.pdf#12", percent-encoded so that it holds no white space. Questions
    that nothing answers have no line in the qrels.

    Returns:
        The three files.

    Raises:
        RunInvalid: the folder cannot be written.
    """
    topics, qrels, ranked = [], [], []
    for outcome in run.outcomes:
        question = outcome.question
        topic = _encoded(question.question_id)
        topics.append(f"{topic}\t{' '.join(question.question.split())}")
        pages = sorted(gold_pages(question))
        qrels += [f"{topic} 0 {_docno(page)} 1" for page in pages]
        for rank, page in enumerate(outcome.reply["ranking"], start=1):
            name = _docno((page["file"], page["page_number"]))
            ranked.append(f"{topic} Q0 {name} {rank} {1 / rank:.6f} shared-safety-assistant")
    files = {"topics.tsv": topics, "qrels.txt": qrels, "run.txt": ranked}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, lines in files.items():
            (folder / name).write_text("".join(f"{line}\n" for line in lines), "utf-8")
    except OSError as error:
        message = f"{folder}: cannot be written ({error.strerror or error}); name another folder"
        raise RunInvalid(message) from error
    return [folder / name for name in files]


def _docno(page: PageId) -> str:
    file, number = page
    return f"{_encoded(file)}#{number}"


def _encoded(text: str) -> str:
    return quote(text, safe="") or "-"
