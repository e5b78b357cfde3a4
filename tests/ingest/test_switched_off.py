import datetime as dt

from ingest.document import Passage
from ingest.switched_off import SwitchedOff, beginnings, kept_passages
from tests.make_pdf import pages_of, passages_of, typst_pdf


def _off(page: int, begins: str = "") -> SwitchedOff:
    since = dt.date(2026, 11, 25)
    return SwitchedOff(doc_id="test", page=page, begins=begins, reason="wrong", since=since)


def _cut_list() -> list[Passage]:
    """A list over three pages, three items a page; each item a passage, under its lead-in."""
    items = "".join(f"- number {n} of the list;\n" for n in range(6))
    source = f"#set page(height: 70pt, margin: 15pt)\nA plan holds:\n{items}"
    passages = passages_of(pages_of(typst_pdf(source)), window_tokens=16, max_tokens=14)
    assert [passage.pages for passage in passages] == [(1,), (1,), (1, 2), (1, 2), (1, 2), (1, 3)]
    return passages


def _left(passages: list[Passage], off: SwitchedOff) -> list[int]:
    """The numbers of the passages that stay."""
    kept, _ = kept_passages(passages, [off])
    return [number for number, passage in enumerate(passages) if passage in kept]


def test_a_page_takes_along_what_stands_on_it_and_nothing_around_it() -> None:
    passages = _cut_list()
    assert _left(passages, _off(2)) == [0, 1, 5]
    assert _left(passages, _off(3)) == [0, 1, 2, 3, 4]
    assert _left(passages, _off(1)) == []  # the lead-in of all of them


def test_an_entry_that_names_a_passage_holds_on_every_page_up_to_its_last() -> None:
    assert _left(_cut_list(), _off(3, "A plan holds: • number 5")) == [0, 1, 2, 3, 4]
    assert _left(_cut_list(), _off(2, "A plan holds: • number 5")) == [0, 1, 2, 3, 4]


def test_parts_of_a_list_are_named_by_their_own_words_and_switched_off_alone() -> None:
    passages = _cut_list()
    names = beginnings(passages)
    assert names == tuple(f"• number {n} of the list;" for n in range(6))
    for number, name in enumerate(names):
        others = [n for n in range(6) if n != number]
        assert _left(passages, _off(passages[number].pages[-1], name)) == others


def test_an_entry_by_the_lead_in_means_every_part_as_before() -> None:
    assert _left(_cut_list(), _off(2, "A plan holds:")) == [0, 1]


def test_passages_that_begin_alike_are_named_by_as_much_as_tells_them_apart() -> None:
    alike = "In every county of the state the rate of those who came back within "
    source = f"= One\n{alike} two years fell.\n= Two\n{alike} three years rose."
    passages = passages_of(pages_of(typst_pdf(source)))
    assert len(passages) == 2
    assert beginnings(passages) == (f"{alike}tw", f"{alike}th")
    assert _left(passages, _off(1, f"{alike}tw")) == [1]


def test_passages_that_are_alike_throughout_have_one_name() -> None:
    passages = passages_of(pages_of(typst_pdf("= One\nTrust grew.\n= Two\nTrust grew.")))
    assert beginnings(passages) == ("Trust grew.",)
