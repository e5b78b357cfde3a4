from dataclasses import replace

import pytest

from answer.choose import Candidate, choose
from answer.items import heads_of
from answer.select import coverage, score_sentence, select
from answer.selection import Selection, sentence_text
from answer.settings import AnswerSettings
from index.retriever import ScoredPassage
from ingest.document import Passage, SentenceKind
from tests.answer.making import even_rarity, passage, scored, sentence_passage

# Paragraphs are not widened here, so that a test shows one sentence at a time.
_SETTINGS = AnswerSettings(max_paragraph_chars=0, statement_margin=0.15)
_LIST = passage(
    ("Words before it.", SentenceKind.SENTENCE, 0, True),
    ("The duties of a county are:", SentenceKind.LEAD_IN, 1, True),
    ("• to heal;", SentenceKind.LIST_ITEM, 1, True),
    ("• to end harm.", SentenceKind.LIST_ITEM, 1, True),
    ("Words after it.", SentenceKind.SENTENCE, 2, True),
)


def _chosen(
    query: str, *evidence: ScoredPassage, settings: AnswerSettings = _SETTINGS
) -> list[Selection]:
    """What is shown of the passages where nothing is read."""
    known = sorted((s.passage for s in evidence), key=lambda p: p.passage_id)
    selected = select(
        query,
        evidence,
        siblings=lambda one: [p for p in known if p.doc_id == one.doc_id],
        rarity=even_rarity,
        settings=settings,
    )
    candidates = [
        Candidate(statements=tuple(together), nearness=together[0].score, log_odds=0.0)
        for together in selected
    ]
    return [selection for each in choose(candidates, settings) for selection in each.statements]


def _quoted(
    query: str, *evidence: ScoredPassage, settings: AnswerSettings = _SETTINGS
) -> list[str]:
    chosen = _chosen(query, *evidence, settings=settings)
    return [s.passage.text[s.start_char : s.end_char] for s in chosen]


def test_the_best_sentence_comes_first_and_far_worse_ones_are_left_out() -> None:
    made = sentence_passage("Hope grew.", "Trust grew.", "Rain fell.")
    # 0.5 + 0.9 + 0.5 · 1 for the second; 0.5 + 0.85 + 0.5 · 0 and less for the others.
    assert _quoted("Trust?", scored(made, 0.85, 0.9, 0.1)) == ["Trust grew."]


def test_a_short_paragraph_is_quoted_whole() -> None:
    made = sentence_passage("Hope grew.", "Trust grew.", "Rain fell.")
    found = scored(made, 0.1, 0.9, 0.1)
    short = AnswerSettings(max_paragraph_chars=100)
    assert _quoted("Trust?", found, settings=short) == ["Hope grew.\nTrust grew.\nRain fell."]
    long = AnswerSettings(max_paragraph_chars=20)
    assert _quoted("Trust?", found, settings=long) == ["Trust grew."]


def test_a_footnote_does_not_come_along_beside_the_body() -> None:
    body = sentence_passage("Trust grew.", passage_id="body")
    note = passage(("Trust, page 4.", SentenceKind.FOOTNOTE, 0, True), passage_id="note")
    found = [scored(body, 0.9), scored(note, 0.8, rank=2)]
    wide = AnswerSettings(statement_margin=2.0)
    assert _quoted("Trust?", *found, settings=wide) == ["Trust grew."]
    assert _quoted("Trust?", found[1]) == ["Trust, page 4."]


def test_sentences_within_the_margin_come_along_up_to_the_limit() -> None:
    made = sentence_passage("One grew.", "Two grew.", "Three grew.", "Four grew.", "Five fell.")
    found = scored(made, 0.80, 0.85, 0.90, 0.84, 0.50)
    assert _quoted("Hope", found) == ["Three grew.", "Two grew.", "Four grew."]


@pytest.mark.parametrize("hit", [1, 2, 3])
def test_a_list_is_quoted_whole_with_its_lead_in(hit: int) -> None:
    scores = [0.1] * 5
    scores[hit] = 0.9
    assert _quoted("What are the duties?", scored(_LIST, *scores)) == [
        "The duties of a county are:\n• to heal;\n• to end harm."
    ]


def test_a_list_over_two_passages_is_quoted_whole() -> None:
    first = passage(
        ("The duties are:", SentenceKind.LEAD_IN, 7, True),
        ("• to heal;", SentenceKind.LIST_ITEM, 7, True),
    )
    second = passage(("• to end harm.", SentenceKind.LIST_ITEM, 7, True), passage_id="guide#00001")
    other = passage(("• to sing.", SentenceKind.LIST_ITEM, 7, True), passage_id="song#00000")
    evidence = [scored(second, 0.9), scored(first, 0.2, 0.2, rank=2), scored(other, 0.2, rank=3)]
    assert _quoted("What are the duties?", *evidence) == [
        "The duties are:\n• to heal;",
        "• to end harm.",
    ]


def test_a_long_list_gives_one_item_where_no_list_is_asked_for() -> None:
    settings = AnswerSettings(max_list_chars=20)
    found = scored(_LIST, 0.1, 0.1, 0.1, 0.9, 0.1)
    assert _quoted("Who ends harm?", found, settings=settings) == ["• to end harm."]


@pytest.mark.parametrize(
    "opening", ["However, it is", "But it is", "Unless it is", "The only exception is"]
)
def test_what_qualifies_a_sentence_comes_along(opening: str) -> None:
    made = sentence_passage("Trust comes first.", f"{opening} not enough.", "Rain fell.")
    assert _quoted("What comes first?", scored(made, 0.9, 0.1, 0.1)) == [
        f"Trust comes first.\n{opening} not enough."
    ]


def test_a_sentence_that_leans_on_the_one_before_brings_it_along() -> None:
    made = sentence_passage("Trust comes first.", "It takes years.", "Rain fell.")
    assert _quoted("How is it?", scored(made, 0.1, 0.9, 0.1)) == [
        "Trust comes first.\nIt takes years."
    ]


def test_a_sentence_that_says_what_there_is_leans_on_nothing() -> None:
    made = sentence_passage("Trust comes first.", "There are two ways.", "There it ends.")
    assert _quoted("How many?", scored(made, 0.1, 0.9, 0.1)) == ["There are two ways."]
    assert _quoted("Where?", scored(made, 0.1, 0.1, 0.9)) == ["There are two ways.\nThere it ends."]


def test_a_paragraph_that_points_at_the_list_above_it_brings_the_list_along() -> None:
    made = passage(
        ("The county is old.", SentenceKind.SENTENCE, 0, True),
        ("Three things count:", SentenceKind.LEAD_IN, 1, True),
        ("danger", SentenceKind.LIST_ITEM, 1, True),
        ("harm", SentenceKind.LIST_ITEM, 1, True),
        ("All of these are weighed by the judge.", SentenceKind.SENTENCE, 2, True),
    )
    found = scored(made, 0.0, 0.0, 0.0, 0.0, 0.9)
    assert _quoted("Who weighs?", found) == [
        "Three things count:\ndanger\nharm\nAll of these are weighed by the judge."
    ]
    short = replace(_SETTINGS, max_list_chars=60)  # both are longer: what answers stands alone
    assert _quoted("Who weighs?", found, settings=short) == [
        "All of these are weighed by the judge."
    ]


def test_a_paragraph_that_points_at_the_one_above_it_brings_that_along() -> None:
    made = passage(
        ("One in five is poor.", SentenceKind.SENTENCE, 0, True),
        ("Of children it is more.", SentenceKind.SENTENCE, 0, False),
        ("This is of money.", SentenceKind.SENTENCE, 1, True),
    )
    assert _quoted("Money?", scored(made, 0.0, 0.0, 0.9)) == [
        "One in five is poor.\nOf children it is more.\nThis is of money."
    ]


def test_the_list_that_a_paragraph_points_at_may_stand_in_the_passage_before() -> None:
    before = passage(
        ("Weigh two things:", SentenceKind.LEAD_IN, 1, True),
        ("• risk;", SentenceKind.LIST_ITEM, 1, True),
        ("• need.", SentenceKind.LIST_ITEM, 1, True),
        passage_id="guide#00000",
    )
    after = sentence_passage("Both count.", passage_id="guide#00001")
    elsewhere = replace(after, heading_path=("Another heading",))
    for made, quoted in (
        (after, ["Weigh two things:\n• risk;\n• need.", "Both count."]),
        (elsewhere, ["Both count."]),
    ):
        chosen = select(
            "Do both count?", [scored(made, 0.9)], siblings=lambda _, made=made: [before, made],
            rarity=even_rarity, settings=_SETTINGS,
        )  # fmt: skip
        assert [s.passage.text[s.start_char : s.end_char] for s in chosen[0]] == quoted


_WIDE = passage(
    ("Some words. ", SentenceKind.SENTENCE, 1, True),
    ("Hope is wide.", SentenceKind.SENTENCE, 1, False),
    ("It takes in:", SentenceKind.LEAD_IN, 1, True),
    ("• health;", SentenceKind.LIST_ITEM, 1, True),
    ("• ties to others.", SentenceKind.LIST_ITEM, 1, True),
)


def test_a_list_whose_lead_in_leans_on_the_sentence_before_brings_that_along() -> None:
    quoted = _quoted("Ties?", scored(_WIDE, 0.1, 0.1, 0.1, 0.1, 0.9))
    assert quoted[0] == "Hope is wide.\nIt takes in:\n• health;\n• ties to others."


def test_a_short_paragraph_that_ends_in_a_list_is_quoted_with_it() -> None:
    found = scored(_WIDE, 0.1, 0.9, 0.1, 0.1, 0.1)
    short = AnswerSettings(max_paragraph_chars=100)
    assert _quoted("Hope?", found, settings=short)[0] == _WIDE.text
    long = AnswerSettings(max_paragraph_chars=20)
    assert _quoted("Hope?", found, settings=long)[0] == "Hope is wide."


def test_a_list_brings_the_paragraph_of_its_lead_in_and_the_caveat_after_it() -> None:
    made = passage(
        ("There are two duties.", SentenceKind.SENTENCE, 1, True),
        ("In short they are:", SentenceKind.LEAD_IN, 1, False),
        ("• to heal people;", SentenceKind.LIST_ITEM, 1, True),
        ("• to end harm.", SentenceKind.LIST_ITEM, 1, True),
        ("Note: a third was cut.", SentenceKind.SENTENCE, 2, True),
        ("More words.", SentenceKind.SENTENCE, 2, False),
    )
    found = scored(made, 0.1, 0.1, 0.9, 0.1, 0.1, 0.1)
    whole = AnswerSettings(max_paragraph_chars=100)
    assert _quoted("Heal?", found, settings=whole)[0] == (
        "There are two duties.\nIn short they are:\n• to heal people;\n• to end harm.\n"
        "Note: a third was cut."
    )


def test_the_caveat_after_a_list_may_stand_in_the_next_passage() -> None:
    made = [
        passage(
            ("The duties are:", SentenceKind.LEAD_IN, 1, True),
            ("• to heal people.", SentenceKind.LIST_ITEM, 1, True),
            passage_id="guide#00000",
        ),
        sentence_passage("However, none is due by night.", passage_id="guide#00001"),
    ]
    chosen = _quoted("Heal?", scored(made[0], 0.1, 0.9), scored(made[1], 0.1, rank=2))
    assert chosen == [
        "The duties are:\n• to heal people.",
        "However, none is due by night.",
    ]


def test_a_caveat_in_a_paragraph_of_its_own_comes_along() -> None:
    made = passage(
        ("Grants pay for travel to hearings.", SentenceKind.SENTENCE, 0, True),
        ("However, they do not pay for travel by air.", SentenceKind.SENTENCE, 1, True),
    )
    # Both sentences answer; the second one holds the first, which is not shown without it.
    assert _quoted("Do grants pay for travel by air?", scored(made, 0.9, 0.9)) == [
        "Grants pay for travel to hearings.\nHowever, they do not pay for travel by air."
    ]


def test_a_quotation_that_goes_on_stands_for_choice_beside_its_beginning() -> None:
    made = passage(
        ("The council approves the plan.", SentenceKind.SENTENCE, 0, True),
        ("It then goes to the board.", SentenceKind.SENTENCE, 1, True),
    )
    found = [scored(made, 0.9, 0.8)]
    selected = select(
        "Who adopts?",
        found,
        siblings=lambda _: [made],
        rarity=even_rarity,
        settings=_SETTINGS,
    )
    assert [len(one.words.split()) for (one,) in selected] == [5, 11]
    # Where nothing is read the nearer one is shown, and no word twice.
    assert _quoted("Who adopts?", *found) == ["The council approves the plan."]


def test_a_rule_and_its_exception_in_one_publication_are_no_repeats() -> None:
    rule = sentence_passage("All counties must send a letter of support.", passage_id="guide#00000")
    exception = sentence_passage(
        "Counties need not send a letter of support.", passage_id="guide#00009"
    )
    found = [scored(rule, 0.9), scored(exception, 0.9, rank=2)]
    assert len(_quoted("Letter?", *found)) == 2
    again = sentence_passage("Counties must send a letter of support.", passage_id="guide#00009")
    assert len(_quoted("Letter?", found[0], scored(again, 0.9, rank=2))) == 1


def test_nothing_is_quoted_twice() -> None:
    made = sentence_passage("Trust comes first.", "However, it takes years.")
    assert _quoted("Trust?", scored(made, 0.9, 0.9)) == [
        "Trust comes first.\nHowever, it takes years."
    ]
    assert len(_quoted("What are the duties?", scored(_LIST, 0.1, 0.9, 0.9, 0.9, 0.1))) == 1


def test_the_same_words_of_two_publications_are_quoted_once() -> None:
    one = sentence_passage("Trust comes first.", passage_id="one#00000")
    two = sentence_passage("Trust comes first.", passage_id="two#00000")
    assert _quoted("Trust?", scored(one, 0.9), scored(two, 0.9, rank=2)) == ["Trust comes first."]


def test_two_publications_that_state_other_numbers_are_both_quoted() -> None:
    one = sentence_passage("Records are kept for forty days.", passage_id="one#00000")
    two = sentence_passage("Records are kept for fifty days.", passage_id="two#00000")
    found = [scored(one, 0.9), scored(two, 0.9, rank=2)]
    assert len(_quoted("How long are records kept?", *found)) == 2


@pytest.mark.parametrize(
    ("query", "answers", "does_not"),
    [
        ("How many counties grew?", "It is 42 of them.", "Some of them."),
        ("How many counties grew?", "It is fifteen.", "It is one of the goals."),
        ("When did it begin?", "It began in June 2020.", "It began early."),
        ("When is it due?", "At the end of March.", "They may march for it."),
        ("When is it due?", "Pay in May.", "May counties pay?"),
        ("When is it due?", "On May 5.", "May I pay?"),
        ("When is it due?", "By 15th March.", "March for it!"),
        ("When is it due?", "By Sept. at the latest.", "Not early."),
        ("When is it due?", "By the 15th.", "By the 14th Amendment."),
        ("When is it due?", "Within hours.", "Within reason."),
        ("When is it due?", "It is paid quarterly.", "It is paid early."),
    ],
)
def test_the_kind_of_answer_asked_for_is_preferred(query: str, answers: str, does_not: str) -> None:
    made = sentence_passage(does_not, answers)
    assert _quoted(query, scored(made, 0.6, 0.6))[0].endswith(answers)


def test_coverage_is_the_share_of_terms_by_rarity() -> None:
    def rarity(term: str) -> float:
        return {"trust": 3.0, "counti": 1.0}.get(term, 0.0)

    assert coverage("trust in the county", "County plans", rarity=rarity) == 0.25
    assert coverage("trust in the county", "Trusting counties", rarity=rarity) == 1
    assert coverage("what is it", "anything", rarity=rarity) == 0


def test_the_text_of_a_sentence() -> None:
    assert sentence_text(_LIST, _LIST.sentences[2]) == "• to heal;"


_TABLE = passage(
    ("Trust grew.", SentenceKind.SENTENCE, 0, True),
    ("County\nBeds", SentenceKind.TABLE_HEAD, 1, True),
    ("in all\nof 2019", SentenceKind.TABLE_HEAD, 1, True),
    ("Alameda\n12", SentenceKind.TABLE_ROW, 1, True),
    ("Kern\n7", SentenceKind.TABLE_ROW, 1, True),
    ("State\nHouses", SentenceKind.TABLE_HEAD, 2, True),
    ("Nevada\n3", SentenceKind.TABLE_ROW, 2, True),
)


def _with_heads(query: str, *scores: float) -> list[tuple[str, str | None]]:
    chosen = _chosen(query, scored(_TABLE, *scores))
    return [
        (
            _TABLE.text[s.start_char : s.end_char],
            "\n".join(_TABLE.text[slice(*h)] for h in s.heads) or None,
        )
        for s in chosen
    ]


def test_a_table_row_brings_the_heads_of_its_table() -> None:
    assert _with_heads("Kern?", 0.1, 0.1, 0.1, 0.1, 0.9, 0.1, 0.1) == [
        ("Kern\n7", "County\nBeds\nin all\nof 2019")
    ]
    assert _with_heads("Nevada?", 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.9) == [
        ("Nevada\n3", "State\nHouses")
    ]


_BY_SECTION = passage(
    ("Measure\nAll", SentenceKind.TABLE_HEAD, 1, True),
    ("Age in years", SentenceKind.TABLE_SECTION, 1, True),
    ("Mean\n46", SentenceKind.TABLE_ROW, 1, True),
    ("Years in title", SentenceKind.TABLE_SECTION, 1, True),
    ("Mean of these\n5", SentenceKind.TABLE_ROW, 1, True),
    ("Total\n6", SentenceKind.TABLE_ROW, 1, True),
)


@pytest.mark.parametrize(
    ("number", "heads"),
    [
        (2, ["Measure\nAll\nAge in years"]),
        (4, ["Measure\nAll", "Years in title"]),
        (5, ["Measure\nAll"]),  # it may be the total of all sections
    ],
)
def test_a_row_brings_the_name_of_its_own_section(number: int, heads: list[str]) -> None:
    assert [_BY_SECTION.text[a:b] for a, b in heads_of(_BY_SECTION, number)] == heads


def _row(text: str, block: int = 4) -> tuple[str, SentenceKind, int, bool]:
    return text, SentenceKind.TABLE_ROW, block, True


def _head(text: str, block: int = 4) -> tuple[str, SentenceKind, int, bool]:
    return text, SentenceKind.TABLE_HEAD, block, True


_CAPTION = ("Table 1: Beds by county", SentenceKind.CAPTION, 4, True)


@pytest.mark.parametrize(
    ("passages", "quoted"),
    [
        ([[_CAPTION, _head("Beds"), _row("Kern 7"), ("After.", SentenceKind.SENTENCE, 5, True)]],
         ["Table 1: Beds by county\nBeds\nKern 7"]),
        ([[_CAPTION, _head("Beds"), _row("Kern 7")], [_CAPTION, _head("Beds"), _row("Napa 9")]],
         ["Table 1: Beds by county\nBeds\nKern 7", "Napa 9"]),
        ([[_CAPTION, _head("Beds"), _row("Kern 7")], [_head("Beds"), _row("Napa 9"),
          _head("Cells", 6), _row("Kern 1", 6)]],
         ["Table 1: Beds by county\nBeds\nKern 7", "Napa 9"]),
        ([[_CAPTION], [("After.", SentenceKind.SENTENCE, 5, True), _row("Kern 7", 6)]],
         ["Table 1: Beds by county"]),
        ([[_CAPTION, _head("Beds"), _row("Kern 7")], [_head("Beds"), _row("N" * 1500)]],
         ["Table 1: Beds by county\nBeds\nKern 7"]),
    ],
)  # fmt: skip
def test_a_caption_brings_the_table_below_it(
    passages: list[list[tuple[str, SentenceKind, int, bool]]], quoted: list[str]
) -> None:
    made = [passage(*made, passage_id=f"guide#{n:05}") for n, made in enumerate(passages)]
    found = [
        scored(one, *[0.9 if one is made[0] and n == 0 else 0.1 for n in range(len(one.sentences))],
               rank=rank)
        for rank, one in enumerate(made, start=1)
    ]  # fmt: skip
    assert _quoted("Beds by county?", *found)[: len(quoted)] == quoted


_LONG_LIST = passage(
    ("No grant pays for:", SentenceKind.LEAD_IN, 1, True),
    (f"• bricks {'a' * 1500};", SentenceKind.LIST_ITEM, 1, True),
    ("• food;", SentenceKind.LIST_ITEM, 1, True),
    ("• drink at any table.", SentenceKind.LIST_ITEM, 1, True),
)


def test_an_item_of_a_list_too_long_to_be_quoted_whole_brings_its_lead_in() -> None:
    (item, *_) = _chosen("Food at a table?", scored(_LONG_LIST, 0.1, 0.1, 0.1, 0.9))
    (head,) = item.heads
    assert (_LONG_LIST.text[slice(*head)], item.words) == (
        "No grant pays for:",
        "• drink at any table.",
    )


def _in_order(*made: list[tuple[str, SentenceKind, int, bool]]) -> list[Passage]:
    return [passage(*each, passage_id=f"guide#{n:05}") for n, each in enumerate(made)]


def _asked(
    query: str, passages: list[Passage], *nearest: tuple[int, int], **changed: int
) -> list[tuple[str | None, str]]:
    """Head and words of each piece, for sentences (passage, number) that come nearest in turn."""
    score = {where: 0.9 - n / 10 for n, where in enumerate(nearest)}
    found = [
        scored(
            each, *(score.get((place, n), 0.0) for n in range(len(each.sentences))), rank=place + 1
        )
        for place, each in enumerate(passages)
    ]
    settings = replace(_SETTINGS, read_statements=len(nearest), **changed)
    selected = select(
        query, found, siblings=lambda _: passages, rarity=even_rarity, settings=settings
    )
    return [
        ("\n".join(piece.passage.text[slice(*h)] for h in piece.heads) or None,
         piece.passage.text[piece.start_char : piece.end_char])
        for together in selected
        for piece in together
    ]  # fmt: skip


_NO_GRANT = ("No grant pays for:", SentenceKind.LEAD_IN, 1, True)


def _item(text: str, *, opens: bool = True) -> tuple[str, SentenceKind, int, bool]:
    return text, SentenceKind.LIST_ITEM, 1, opens


def test_a_lead_in_brings_its_list_as_far_as_there_is_room() -> None:
    passages = _in_order(
        [_NO_GRANT, _item("• bricks or mortar;")], [_NO_GRANT, _item("• food at a table.")]
    )
    both = [(None, "No grant pays for:\n• bricks or mortar;"), (None, "• food at a table.")]
    assert _asked("Grant?", passages, (0, 0), max_list_chars=60) == both
    assert _asked("Grant?", passages, (0, 0), max_list_chars=50) == both[:1]


def test_a_lead_in_that_stands_after_its_paragraph_in_the_next_passage_is_kept() -> None:
    passages = _in_order(
        [("Grants are made each year.", SentenceKind.SENTENCE, 1, True)],
        [_NO_GRANT, _item("• bricks or mortar;")],
        [_NO_GRANT, _item("• food at a table.")],
    )
    assert _asked("Grants?", passages, (1, 1), max_paragraph_chars=100) == [
        (None, "Grants are made each year."),
        (None, "No grant pays for:\n• bricks or mortar;"),
        (None, "• food at a table."),
    ]


def test_a_list_that_is_quoted_in_part_already_keeps_all_its_parts() -> None:
    items = ("• bricks or mortar;", "• food at a table;", "• drink at a table.")
    passages = _in_order(*([_NO_GRANT, _item(text)] for text in items))
    # The item of the middle alone comes first; the list is chosen in place of it, not around it.
    selected = select(
        "Grants for food?",
        [scored(passages[1], 0.1, 0.9, rank=1), scored(passages[0], 0.8, 0.1, rank=2)],
        siblings=lambda _: passages,
        rarity=even_rarity,
        settings=replace(_SETTINGS, max_list_chars=65),
    )
    assert [[piece.words for piece in together] for together in selected][:2] == [
        ["• food at a table;"],
        ["no grant pays for: • bricks or mortar;", "• food at a table;"],
    ]


_TRAVEL = ("Grants pay for:", SentenceKind.LEAD_IN, 1, True)


def test_an_item_under_another_item_is_quoted_with_that() -> None:
    items = [_item("• food;"), _item("• travel, except for:"), _item("– flights of any kind;")]
    (together,) = _in_order([_TRAVEL, *items])
    assert _asked("Flights?", [together], (0, 3), max_list_chars=10) == [
        ("Grants pay for:", "• travel, except for:\n– flights of any kind;")
    ]
    apart = _in_order([_TRAVEL, *items[:2]], [_TRAVEL, items[2]])
    assert _asked("Flights?", apart, (1, 1), max_list_chars=10) == [
        (None, "– flights of any kind;")  # better than "Grants pay for: flights"
    ]


def test_an_item_that_is_cut_is_not_joined_with_the_lead_in_repeated_above_it() -> None:
    passages = _in_order(
        [_NO_GRANT, _item("• Bricks are dear.")],
        [_NO_GRANT, _item("Mortar may be sold.", opens=False)],
    )
    assert _asked("Mortar?", passages, (1, 1), max_list_chars=10) == [
        ("No grant pays for:", "Mortar may be sold.")
    ]


def test_heads_are_not_quoted_by_themselves() -> None:
    quoted = _with_heads("County beds in all?", 0.1, 0.9, 0.9, 0.4, 0.1, 0.1, 0.1)
    assert quoted == [("Alameda\n12", "County\nBeds\nin all\nof 2019")]


def test_a_sentence_beside_a_table_has_no_heads() -> None:
    assert _with_heads("Trust?", 0.9, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1) == [("Trust grew.", None)]


def test_the_words_of_the_heads_count_for_every_row() -> None:
    bare, under = (
        score_sentence(
            "beds Kern", scored(of, *[0.5] * n), n - 1, rarity=even_rarity, settings=_SETTINGS
        )
        for of, n in (
            (passage(*[("Kern\n7", SentenceKind.TABLE_ROW, 1, True)]), 1),
            (
                passage(
                    ("County\nBeds", SentenceKind.TABLE_HEAD, 1, True),
                    ("Kern\n7", SentenceKind.TABLE_ROW, 1, True),
                ),
                2,
            ),
        )
    )
    # One of the two terms against both of them: half of 0.5.
    assert under - bare == pytest.approx(_SETTINGS.weight_coverage / 2)


@pytest.mark.parametrize(
    ("query", "dated"),
    [
        ("Who approves it? And when?", True),
        ("Since when does it apply?", True),
        ("By when must grantees report?", True),
        ("Who, when one recants, pays?", False),
    ],
)
def test_a_follow_up_may_ask_when(query: str, *, dated: bool) -> None:
    made = sentence_passage("In March 2020.", "By the board.")
    one, other = (
        score_sentence(
            query, scored(made, 0.5, 0.5), n, rarity=lambda _: 0.0, settings=AnswerSettings()
        )
        for n in (0, 1)
    )
    assert (one > other) is dated


@pytest.mark.parametrize(
    "query",
    [
        "What is done when a survivor recants?",
        "When a survivor recants, what should a prosecutor do?",
        "How does one leave the waiting list?",
    ],
)
def test_a_when_or_a_list_that_is_not_asked_for_prefers_nothing(query: str) -> None:
    made = sentence_passage("It may be 2020.", "So be it.")
    one, other = (
        score_sentence(
            query, scored(made, 0.5, 0.5), n, rarity=lambda _: 0.0, settings=AnswerSettings()
        )
        for n in (0, 1)
    )
    assert one == other


_NESTED = _in_order(
    [_item("A. Tents are lent."), _item("1. Red ones, except:"), _item("a. small ones;")],
    [_item("b. old ones."), _item("2. Blue ones."), _item("B. Boats are not lent.")],
)


@pytest.mark.parametrize("hit", [(0, 1), (0, 2), (1, 0)])
def test_the_items_under_an_item_are_quoted_with_it(hit: tuple[int, int]) -> None:
    # The three have 46 characters, the whole list has more than 90.
    assert _asked("Which?", _NESTED, hit, max_list_chars=50) == [
        (None, "1. Red ones, except:\na. small ones;"),
        (None, "b. old ones."),
    ]


def test_an_item_that_none_introduces_is_quoted_with_those_beside_it() -> None:
    items = ("A. Tents.", "a. Red.", "b. Blue.", "B. Boats.", "a. Long.", "b. Wide.")
    (made,) = _in_order([_item(text) for text in items])
    assert _asked("Long?", [made], (0, 4), max_list_chars=26) == [(None, "\n".join(items[3:]))]
    assert _asked("Wide?", [made], (0, 5), max_list_chars=20) == [(None, "b. Wide.")]


def test_of_too_many_items_under_an_item_those_are_quoted_that_there_is_room_for() -> None:
    items = ("A. Tents:", "1. red ones;", "2. blue ones;", "3. green ones.", "B. Boats.")
    (made,) = _in_order([_item(text) for text in items])
    assert _asked("Red?", [made], (0, 1), max_list_chars=40) == [(None, "\n".join(items[:3]))]


def test_an_item_that_goes_on_after_those_under_another_stands_under_the_lead_in() -> None:
    items = [_item("1. tents:"), _item("a. red ones;"), _item("2. boats of any kind.")]
    first, second = _in_order([_TRAVEL, *items[:2]], [_TRAVEL, items[2]])
    assert _asked("Boats?", [first, second], (1, 1), max_list_chars=10) == [
        ("Grants pay for:", "2. boats of any kind.")
    ]


_ADDRESS = _in_order(
    [
        ("Send it to:", SentenceKind.SENTENCE, 1, True),
        ("The Office of Tents", SentenceKind.SENTENCE, 2, True),
    ],
    [
        ("1 Hill Road", SentenceKind.SENTENCE, 3, True),
        ("It answers within a month.", SentenceKind.SENTENCE, 4, True),
    ],
)


def test_what_a_colon_announces_is_quoted_with_it() -> None:
    assert _asked("Where?", _ADDRESS, (0, 0), max_paragraph_chars=40) == [
        (None, "Send it to:\nThe Office of Tents"),
        (None, "1 Hill Road"),
    ]
    assert _asked("Where?", _ADDRESS, (0, 0), max_paragraph_chars=20) == [(None, "Send it to:")]
