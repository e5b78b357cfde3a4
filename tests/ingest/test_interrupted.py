from tests.make_pdf import folded, grid_of, pages_of, passages_of, raw_pdf, words_at

_OPEN = (
    (72, 100, "All counties in the north pay a share of"),
    (72, 112, "the cost, which was lower by far than"),
)
_REST = "that of the south in all years."


def _table(top: float) -> str:
    grid = grid_of((72, 200, 330), [top + 20 * n for n in range(4)])
    rows = [("County", "Share"), ("Kern", "12"), ("Napa", "7")]
    cells = [
        cell
        for n, (county, share) in enumerate(rows)
        for cell in ((76, top + 14 + 20 * n, county), (204, top + 14 + 20 * n, share))
    ]
    return f"{grid} {words_at(*cells)}"


def _sentences(*pages: str) -> list[str]:
    made = passages_of(pages_of(raw_pdf(*pages)))
    return [folded(p.text[s.start_char : s.end_char]) for p in made for s in p.sentences]


def test_a_sentence_that_a_table_interrupts_is_whole() -> None:
    sentences = _sentences(f"{words_at(*_OPEN)} {_table(140)} {words_at((72, 240, _REST))}")
    assert sentences[0] == f"{_OPEN[0][2]} {_OPEN[1][2]} {_REST}"
    assert sentences[1:] == ["County Share", "Kern 12", "Napa 7"]


def test_it_may_go_on_below_the_table_of_the_next_page() -> None:
    sentences = _sentences(words_at(*_OPEN), f"{_table(80)} {words_at((72, 200, _REST))}")
    assert sentences[0] == f"{_OPEN[0][2]} {_OPEN[1][2]} {_REST}"


def test_a_sentence_that_has_ended_is_not_gone_on_with() -> None:
    ended = (
        (72, 100, "All counties in the north pay a share of"),
        (72, 112, "the cost of each of these many beds."),
    )
    sentences = _sentences(f"{words_at(*ended)} {_table(140)} {words_at((72, 240, _REST))}")
    assert sentences[0] == f"{ended[0][2]} {ended[1][2]}"
    assert sentences[-1] == _REST


def test_a_line_goes_on_with_the_one_right_above_it() -> None:
    below = words_at((72, 240, "Those in the hills are as poor as"), (72, 252, _REST))
    sentences = _sentences(f"{words_at(*_OPEN)} {_table(140)} {below}")
    assert sentences[0] == f"{_OPEN[0][2]} {_OPEN[1][2]}"
    assert sentences[-1] == f"Those in the hills are as poor as {_REST}"
