"""Progress bars on the error stream. The only importer of tqdm."""

from tqdm import tqdm

_UNITS = {"reading": "file", "indexing": "file", "asking": "question"}


class Bars:
    """One bar for each step of a long job; a new step closes the bar of the one before."""

    def __init__(self) -> None:
        self._step = ""
        self._bar: tqdm | None = None

    def show(self, step: str, done: int, total: int, detail: str = "") -> None:
        """Move the bar of a step to `done` of `total`."""
        if step != self._step or self._bar is None:
            self.close()
            self._step = step
            label = step.capitalize()
            self._bar = tqdm(desc=f"{label:<9}", total=total, unit=_UNITS.get(step, ""))
        self._bar.set_postfix_str(detail, refresh=False)
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """Leave the last bar as it stands."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None
