"""What can go wrong while a question set is run."""


class EvalError(Exception):
    """Base of this stage's errors; the message is meant for the person who runs the set."""


class QuestionSetInvalid(EvalError):
    """A question set that cannot be used; the message lists every fault with its line."""


class RunInvalid(EvalError):
    """A run that cannot be written or opened; the message says what to do."""
