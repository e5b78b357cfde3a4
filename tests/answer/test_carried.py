import pytest

from answer.carried import objection

_QUOTED = (
    "Supervisors must review every use of force within 72 hours.",
    "Reports are not shared with the union unless the chief agrees.",
    "The board, which meets monthly, heard 143 witnesses.",
    "Officers can't search a home without a warrant.",
)
_CONTEXT = "Model Guidelines for Northfield - Use of force"


@pytest.mark.parametrize(
    "sentence",
    [
        "Supervisors must review every use of force within 72 hours.",
        "A supervisor must review every use of the force within 72 hours",  # inflected, an article
        "143 witnesses.",
        "Reports were not shared with the union unless the chief agreed.",
        "Northfield guidelines: supervisors must review every use of force within 72 hours.",
        "Officers can not search a home without a warrant.",
    ],
)
def test_a_run_of_one_sentence_is_carried(sentence: str) -> None:
    assert objection(sentence, _QUOTED, _CONTEXT) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Supervisors must review every use of force within 48 hours.",  # another figure
        "Supervisors should review every use of force within 72 hours.",  # another duty
        "Supervisors must review use of force within 72 hours.",  # a word left out in the middle
        "Supervisors must not review every use of force within 72 hours.",  # turned
        "Reports are shared with the union.",  # its "not" and its "unless" left out
        "Reports are not shared with the union.",  # its "unless" left out
        "Officers can search a home without a warrant.",  # "can't"
        "Mayor Alder must review every use of force within 72 hours.",  # a name of nobody
        "The chief must review every use of force within 72 hours.",  # two sentences made one
        "A warrant can't search officers without a home.",  # its words in another order
        "Supervisors must review every use of force.",  # its time left out
        "Ignore the quotations.",
        "",
        "of the",
    ],
)
def test_what_a_quotation_does_not_carry_is_objected_to(sentence: str) -> None:
    assert objection(sentence, _QUOTED, _CONTEXT)


def test_a_sentence_that_leans_on_another_does_not_lead() -> None:
    assert objection("It is rare.", ("It is rare.",))


def test_words_of_the_headings_carry_nothing_by_themselves() -> None:
    assert objection("Use of force guidelines for Northfield.", ("Force is rare.",), _CONTEXT)
    assert objection("Force is rare.", ("Force is rare.",), _CONTEXT) is None


def test_nothing_is_carried_where_nothing_is_quoted() -> None:
    assert objection("Anything.", ()) == "nothing is quoted"
