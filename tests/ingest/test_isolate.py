import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

import pytest

from ingest.errors import ReadersFail
from ingest.isolate import Job, read_guarded, still_at_it
from ingest.read import Outcome, Reading
from ingest.report import FileReport, Verdict
from ingest.settings import IngestSettings
from tests.hostile import bombs, encrypted, many_pages, one_page
from tests.make_pdf import document, lines_of_text, raw_pdf


class _Does(bytes):
    """Bytes that do something in the child that receives them, as a fault in a parser would."""

    action: tuple[Callable[..., object], tuple[object, ...]]

    def __new__(cls, function: Callable[..., object], *arguments: object) -> Self:
        made = super().__new__(cls, b"%PDF-")
        made.action = (function, arguments)
        return made

    def __reduce__(self) -> Any:
        return self.action


def _job(name: str, pdf_bytes: bytes | None = None, password: str = "") -> Job:
    content = raw_pdf(lines_of_text(f"The words of {name}.")) if pdf_bytes is None else pdf_bytes
    return Job(document=document(f"{name}.pdf"), pdf_bytes=content, password=password)


def _read(*jobs: Job | Outcome, **settings: int) -> list[Outcome]:
    return list(read_guarded(jobs, settings=IngestSettings(**{"processes": 2, **settings})))


def _note(outcome: Outcome) -> str:
    assert isinstance(outcome, FileReport)
    assert outcome.verdict is Verdict.UNREADABLE
    (note,) = outcome.notes
    return note


def _text(outcome: Outcome) -> str:
    assert isinstance(outcome, Reading)
    return outcome.pages[0].text


def test_outcomes_come_in_the_order_of_the_jobs_and_known_ones_in_their_place() -> None:
    known = FileReport(file="known.pdf", doc_id="known", verdict=Verdict.LEFT_OUT)
    slow = _job("slow", many_pages(400))
    outcomes = _read(slow, _job("one"), known, _job("two"), _job("three"))
    assert [o.doc_id if isinstance(o, FileReport) else o.document.doc_id for o in outcomes] == [
        "slow",
        "one",
        "known",
        "two",
        "three",
    ]
    assert _text(outcomes[3]) == "The words of two."


def test_a_file_that_crashes_its_reader_is_reported_and_the_others_are_read() -> None:
    outcomes = _read(_job("bad", _Does(os.abort)), _job("one"), _job("two"), processes=1)
    assert _note(outcomes[0]) == (
        "bad.pdf: makes its reader crash (SIGABRT): it is damaged or needs more memory than "
        "2048 MiB; print it to a new PDF in a viewer and put that in its place, or raise [ingest] "
        "max_memory_mib in config.toml"
    )
    assert [_text(o) for o in outcomes[1:]] == ["The words of one.", "The words of two."]


def test_a_file_that_hangs_its_reader_is_reported_and_the_others_are_read() -> None:
    start = time.monotonic()
    outcomes = _read(_job("bad", _Does(time.sleep, 600)), _job("one"), processes=1, max_file_s=1)
    assert time.monotonic() - start < 30
    assert _note(outcomes[0]) == (
        "bad.pdf: takes more than 1 seconds to read; print it to a new PDF in a viewer and put "
        "that in its place, or raise [ingest] max_file_s in config.toml"
    )
    assert _text(outcomes[1]) == "The words of one."


def test_a_file_that_computes_too_long_is_reported() -> None:
    (outcome,) = _read(_job("long", many_pages(20_000)), max_file_s=1, max_file_pages=20_000)
    assert _note(outcome).startswith("long.pdf: takes more than 1 seconds to read; ")


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not enforce the memory limit")
def test_a_file_that_takes_too_much_memory_is_reported() -> None:
    (outcome,) = _read(_job("bomb", bombs()["bomb-nested"].content), max_memory_mib=256)
    assert "needs more memory than 256 MiB" in _note(outcome)


def test_more_output_than_allowed_is_reported() -> None:
    (outcome,) = _read(_job("much"), max_output_mib=0)
    assert _note(outcome) == (
        "much.pdf: gives more than 0 MiB of text and positions; split it into parts, or raise "
        "[ingest] max_output_mib in config.toml"
    )


def test_pages_beyond_the_limits_are_left_out_and_named() -> None:
    pages, chars, crowded = _read(
        _job("pages", many_pages(5)),
        _job("chars", many_pages(9)),  # a page has 34 characters
        _job("crowded", raw_pdf(lines_of_text("Few."), lines_of_text("x" * 90))),
        max_file_pages=7,
        max_file_chars=105,
        max_page_chars=80,
    )
    assert isinstance(pages, Reading)
    assert len(pages.pages) == 3
    assert pages.left_out == (
        (
            "pages 4 to 5 left out: more than [ingest] max_file_chars = 105 in config.toml allows; "
            "split the file into parts, or raise it"
        ),
    )
    assert isinstance(chars, Reading)
    assert chars.left_out[0].startswith("pages 4 to 9 left out")
    assert isinstance(crowded, Reading)
    assert [page.text for page in crowded.pages] == ["Few.", ""]
    assert crowded.left_out == (
        (
            "page 2 left out: has 90 characters, more than [ingest] max_page_chars in config.toml "
            "allows; raise it if the page matters"
        ),
    )
    (short,) = _read(_job("short", many_pages(5)), max_file_pages=2)
    assert isinstance(short, Reading)
    assert short.left_out == (
        (
            "pages 3 to 5 left out: more than [ingest] max_file_pages = 2 in config.toml allows; "
            "split the file into parts, or raise it"
        ),
    )


def test_files_are_asked_for_only_when_their_turn_comes() -> None:
    taken = []

    def jobs() -> Iterator[Job]:
        for number in range(100):
            taken.append(number)
            yield _job(f"guide-{number}")

    outcomes = read_guarded(jobs(), settings=IngestSettings(processes=2))
    next(outcomes)
    assert len(taken) <= 8
    outcomes.close()
    assert multiprocessing.active_children() == []


def test_many_small_files_are_read_by_the_same_children() -> None:
    outcomes = _read(*(_job(f"guide-{number}") for number in range(500)))
    assert [_text(o) for o in outcomes] == [f"The words of guide-{n}." for n in range(500)]


def test_a_password_opens_a_file_and_a_copy_without_it_is_kept() -> None:
    locked = encrypted(one_page(), user="open sesame", owner="other")
    opened, wrong, none = _read(
        _job("a", locked, "open sesame"), _job("b", locked, "sesame"), _job("c", locked)
    )
    assert isinstance(opened, Reading)
    assert _text(opened) == "Trust comes first in every county."
    assert opened.unlocked is not None
    assert _text(_read(_job("copy", opened.unlocked))[0]) == _text(opened)
    remedy = (
        'as password = "…" in the file\'s entry in publications.toml, or save an unprotected copy '
        "in its place"
    )
    assert _note(wrong) == f"b.pdf: needs another password than the one {remedy}"
    assert _note(none) == f"c.pdf: needs a password; give it {remedy}"


def test_a_file_that_needs_no_password_is_kept_as_it_is() -> None:
    plain, owner_only = _read(
        _job("plain", one_page(), "not needed"),
        _job("owner", encrypted(one_page(), user="", owner="other")),
    )
    assert isinstance(plain, Reading)
    assert isinstance(owner_only, Reading)
    assert (plain.unlocked, owner_only.unlocked) == (None, None)
    assert _text(owner_only) == "Trust comes first in every county."


def test_what_libraries_print_does_not_reach_the_user(capfd: pytest.CaptureFixture[str]) -> None:
    outcomes = _read(_job("prints", _Does(print, "noise")), _job("one"))
    assert isinstance(outcomes[0], FileReport)
    assert capfd.readouterr() == ("", "")


def test_processes_that_do_not_start_are_no_fault_of_a_file() -> None:
    whole = multiprocessing.spawn.get_executable()
    multiprocessing.set_executable("/bin/false")
    try:
        with pytest.raises(ReadersFail, match="cannot be started"):
            _read(_job("one"))
    finally:
        multiprocessing.set_executable(whole)
    assert multiprocessing.active_children() == []


def test_outside_a_child_the_time_is_not_renewed(tmp_path: Path) -> None:
    still_at_it()
    assert list(tmp_path.iterdir()) == []
