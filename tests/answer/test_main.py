import json
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

_KEYS = {"id", "kind", "reason", "statements", "ranking", "seconds", "release"}


def _run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "answer", *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip


def test_an_answer_is_printed_with_its_pages(starter_index: Path) -> None:
    done = _run("What are the five principles?", "--index", starter_index)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Breaking the Cycle of Harm" in done.stdout
    assert "Shared Safety starter digest, volume 1: Overview" in done.stdout
    assert "p. 1 (page 4 of the file)" in folded_lines(done.stdout)
    assert done.stdout.endswith("(index release 1)\n")


def test_a_reply_is_printed_as_data(starter_index: Path) -> None:
    done = _run(
        "Who leads it?",
        "--history",
        "How is well-being defined?",
        "--json",
        "--index",
        starter_index,
    )
    assert (done.returncode, done.stderr) == (0, "")
    reply = json.loads(done.stdout)
    assert reply["understood"] == "How is well-being defined? Who leads it?"
    assert reply["release"] == 1


def test_an_empty_question_gets_a_hint_and_no_error(starter_index: Path) -> None:
    done = _run("", "--index", starter_index)
    assert done.returncode == 0
    assert done.stdout.startswith("Type a question, for example: What are the five principles?")


def test_a_batch_is_answered_in_order_a_line_each(starter_index: Path, tmp_path: Path) -> None:
    questions = {
        "d-2": "What are the five principles?",
        "d-1": "What is the current bail schedule in Alameda County?",
        "d-3": "",
    }
    file = tmp_path / "q.jsonl"
    file.write_text(
        "".join(f"{json.dumps({'id': i, 'question': q})}\n" for i, q in questions.items())
    )
    done = _run("--batch", file, "--index", starter_index)
    assert (done.returncode, done.stderr) == (0, "")
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    assert [reply["id"] for reply in replies] == ["d-2", "d-1", "d-3"]
    assert all(set(reply) >= _KEYS for reply in replies)
    assert [reply["kind"] for reply in replies] == ["answer", "abstention", "abstention"]
    assert [reply["reason"] for reply in replies][::2] == [None, "empty"]
    assert [reply["statements"] for reply in replies][1:] == [[], []]
    citation = replies[0]["statements"][0]["citations"][0]
    assert set(citation) >= {"doc_id", "file", "page_number", "page_label", "quote"}
    assert len(replies[0]["ranking"]) >= 10
    scores = [row["score"] for row in replies[0]["ranking"]]
    assert scores == sorted(scores, reverse=True)


def test_a_faulty_question_file_names_every_faulty_line(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text('{"id": "a", "question": "Why?"}\n[1]\n{"id": 7}\n')
    done = _run("--batch", file)
    assert done.returncode == 1
    assert done.stderr == (
        f"error: {file}: mend these lines, then try again:\n  line 2: is not a JSON object\n"
        '  line 3: "id" is missing or no text\n'
    )


def test_a_missing_index_is_one_line(tmp_path: Path) -> None:
    done = _run("What is trust?", "--index", tmp_path / "none")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"error: {tmp_path / 'none'}: there is no index here; build the index again with "
        "`python -m index build`\n"
    )


def test_a_question_or_a_batch_is_needed_and_not_both(tmp_path: Path) -> None:
    both: list[str | Path] = ["Why?", "--batch", tmp_path / "q.jsonl"]
    for arguments in ([], both):
        done = _run(*arguments)
        assert done.returncode == 2
        assert "give either a question in quotes or --batch FILE" in done.stderr


def folded_lines(text: str) -> str:
    """The text with its line breaks folded, since long lines are wrapped."""
    return " ".join(text.split())
