from eval.calibrate import Supported, left_out_refusals, lower_quantile
from eval.questions import Gold, JudgedQuestion


def supported(file: str, support: float) -> Supported:
    question = JudgedQuestion(
        question_id=f"{file}-{support}",
        question="?",
        history=(),
        kind="fact",
        answerable=True,
        needs="any",
        gold=(Gold(file=file, pages=(1,), quote="x"),),
    )
    return Supported(question=question, support=support)


def test_at_most_the_share_lies_below_the_quantile() -> None:
    values = [0.9, 0.1, 0.5, 0.3]
    assert lower_quantile(values, 0.0) == 0.1
    assert lower_quantile(values, 0.25) == 0.3


def test_each_publication_is_judged_by_the_bound_of_the_others() -> None:
    # Without a.pdf the least support is .4, without b.pdf it is .2.
    items = [supported("a.pdf", 0.2), supported("a.pdf", 0.6), supported("b.pdf", 0.4)]
    bounds, refused = left_out_refusals(items, 0.0)
    assert bounds == [0.4, 0.2]
    assert refused == [1.0, 0.0, 0.0]
