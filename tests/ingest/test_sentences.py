import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import sentence_spans


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["One thing.", "Another thing."],
        ["Is it so?", "It is!", "Good."],
        ["a. Pitch the tent.", "Rest."],
        ["iv. Pitch the tent.", "Rest."],
        ["I. Pitch the tent.", "Rest."],
        ["III. The names are these.", "Rest."],
        ["1203. The names are these.", "Rest."],
        ["This is plan b.", "Rest."],
        ["Dr. Ghaly spoke for Los Angeles County.", "He left."],
        ["The U.S. Department of Justice pays.", "It pays late."],
        ["He lives in the U.S.", "The grant is federal."],
        ["The N.Y. Penal Law and the U.N. Office bind J.P. Morgan.", "Ask L.A.", "It rained."],
        ["Ask Sgt. Smith, Lt. Jones, Capt. Hill, Det. Moore or the Dist. Atty.'s office.", "Go."],
        ["It holds under Pub. L. 116, Exec. Order 12 and Atty. Gen. Opinion 3.", "Then it fell."],
        ["Meet at the pub.", "Parking is free."],
        ["Written by J. Smith and A. B. Jones.", "It is long."],
        ["About 20.6% struggle, i.e. Californians do.", "That is one in five."],
        ["It pays $2.5 Million each under Section 4.2 Requirements.", "See Form 1.1 Budget."],
        ["Trust fell in 2019.12", "Trust rose again."],
        ["Trust fell to 2,400.61", "This number is new."],
        ["Trust fell to 12.[3]", "It rose again."],
        ["It cost $1.5 million in Sec. 3 of No. 12.", "Then it fell."],
        ["See Smith et al. (2019) for more.", "It is short."],
        ["Risk has many factors.[3]", "It varies."],
        ["Risk has many factors.[3][12]", "It varies."],
        ["People come (and stay in).38", "It works."],
        ["Trust fell.12,13", "It rose again."],
        ["“We were not heard.”", "She left."],
        ['He said "Never."', "Then he left."],
        ["The answer is no.", "The board refused."],
        ["They waited … and waited.", "Nobody came."],
        ["They waited…", "Nobody came."],
        ["They waited ... and waited.", "Nobody came."],
        ["It closes at 5 p.m.", "The door is locked."],
        ["1. Ask the community first.", "Then plan."],
        ["So did I.", "We agreed."],
        ["Acme Inc. Foundation pays.", "It is new."],
        ["The law (Pen. Code, § 1203) holds.", "It is old."],
        ["It ends here.", "(This is an aside.)", "It goes on."],
        ["Visit www.example.org for more.", "It is free."],
        ["He came on Jan. 5 and left.", "He wrote."],
    ],
)
def test_a_paragraph_is_cut_between_its_sentences(sentences: list[str]) -> None:
    assert _sentences(" ".join(sentences)) == sentences


def test_a_line_break_ends_no_sentence_and_is_kept_inside_it() -> None:
    assert _sentences("One thing that\ngoes on. Another\none.") == [
        "One thing that\ngoes on.",
        "Another\none.",
    ]


@pytest.mark.parametrize("text", ["", "  \n "])
def test_white_space_has_no_sentence(text: str) -> None:
    assert sentence_spans(text) == []


_WORDS = st.sampled_from(
    ["Trust", "grew", "U.S.", "Dr.", "1.", "5.5", "(a)", "end.", "so?", "”", "…", "[3]"]
)


@given(st.lists(_WORDS, max_size=30).map(" ".join) | st.text(max_size=80))
def test_spans_are_in_order_trimmed_and_hold_all_that_is_not_white_space(text: str) -> None:
    end = 0
    for start, stop in sentence_spans(text):
        assert not text[end:start].strip()
        assert text[start:stop] == text[start:stop].strip() != ""
        end = stop
    assert not text[end:].strip()
