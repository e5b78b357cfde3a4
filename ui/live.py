"""One sentence to people who use a screen reader, when something is complete.

Streamlit has no live region and makes its elements anew at every run, which screen readers do not
report. This component keeps one `role=status` element in the body of the page for as long as the
page is open, and changes its text. At the same moment it can bring a part of the page to the top of
the window: the new question when an answer is complete, so that the answer is read from its
beginning. It also closes the menu of a narrow screen when another page has been chosen there.
"""

import streamlit as st

_MESSAGE = "announcement"
_NOTHING = (0, "", "")  # serial number, message, selector of what is brought to the top
_JS = """
export default function ({ data }) {
  let region = document.getElementById("ssa-live");
  if (!region) {
    region = document.createElement("div");
    region.id = "ssa-live";
    region.setAttribute("role", "status");
    document.body.appendChild(region);
  }
  if (region.dataset.serial !== String(data.serial)) {
    region.dataset.serial = String(data.serial);
    region.textContent = data.message;
    if (data.to_top) {
      [...document.querySelectorAll(data.to_top)].pop()?.scrollIntoView({ block: "start" });
    }
  }
  if (region.dataset.page !== data.page) {
    if (region.dataset.page !== undefined) {
      document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
    }
    region.dataset.page = data.page;
  }
}
"""


def announce(message: str, *, to_top: str = "") -> None:
    """Have a message read out at the end of this run.

    Args:
        message: in plain words.
        to_top: CSS selector of what is brought to the top of the window, the last if several.
    """
    serial, *_ = st.session_state.get(_MESSAGE, _NOTHING)
    st.session_state[_MESSAGE] = (serial + 1, message, to_top)


def show_region(page: str) -> None:
    """Put the live region on the page; to be called once in every run, after the page itself.

    Args:
        page: name of the page that is shown.
    """
    serial, message, to_top = st.session_state.get(_MESSAGE, _NOTHING)
    region = st.components.v2.component("ssa_live", js=_JS)
    data = {"serial": serial, "message": message, "to_top": to_top, "page": page}
    region(data=data, key="ssa_live", height=1)
