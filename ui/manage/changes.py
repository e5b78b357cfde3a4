"""What officials would find changed if another release were the live one."""

from html import escape

from index.diff import diff
from ui.site import Site


def changes_html(site: Site, new: int) -> str:
    """The publications that come, go or change when a release takes the place of the live one.

    Args:
        site: with the index and the live release.
        new: number of the other release.
    """
    try:
        changes = diff(site.index, site.assistant.release.number, new)
    except (OSError, ValueError, KeyError):
        return "<p>What it changes cannot be told: one of the two releases cannot be read.</p>"
    if not changes:
        return "<p>It holds the same publications and pages as the live release.</p>"
    items = "".join(
        f"<li>{escape(change.title)}: {escape(change.change.value)}"
        + "".join(f"; {escape(told)}" for told in change.told)
        + _pages(len(change.pages))
        + "</li>"
        for change in changes
    )
    return f"<p>Publications added, removed or changed:</p><ul>{items}</ul>"


def _pages(count: int) -> str:
    if not count:
        return ""
    return "; 1 page differs" if count == 1 else f"; {count} pages differ"
