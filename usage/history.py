"""The earlier questions of a conversation -> those without which a reply is not understood."""

from collections.abc import Sequence

from answer.question import read_question


def needed_history(question: str, history: Sequence[str], *, max_chars: int) -> tuple[str, ...]:
    """The shortest end of the history with which a question is searched in the same words.

    What somebody asked before is kept with a rating only where it is part of what was asked now.

    Args:
        question: as typed.
        history: the earlier questions of the conversation, oldest first.
        max_chars: of a question ([answer] max_question_chars).

    Returns:
        Nothing for a question that stands by itself.
    """
    whole = read_question(question, history, max_chars=max_chars)
    for count in range(len(history)):
        end = history[len(history) - count :]
        if read_question(question, end, max_chars=max_chars) == whole:
            return tuple(end)
    return tuple(history)
