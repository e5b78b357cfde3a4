"""One sentence to people who use a screen reader, when an answer is complete.

Streamlit has no live region and makes its elements anew at every run, which screen readers do not
report. This component keeps one `role=status` element in the body of the page for as long as the
page is open, and changes its text. At the same moment it brings the new question to the top of the
window, so that an answer is read from its beginning.
"""

import streamlit as st

_MESSAGE = "announcement"
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
    if (data.message) {
      const questions = document.querySelectorAll("h2.ssa-question");
      questions[questions.length - 1]?.scrollIntoView({ block: "start" });
    }
  }
}
"""


def announce(message: str) -> None:
    """Have a message read out at the end of this run."""
    serial, _ = st.session_state.get(_MESSAGE, (0, ""))
    st.session_state[_MESSAGE] = (serial + 1, message)


def show_region() -> None:
    """Put the live region on the page; to be called once in every run, after the page itself."""
    serial, message = st.session_state.get(_MESSAGE, (0, ""))
    region = st.components.v2.component("ssa_live", js=_JS)
    region(data={"serial": serial, "message": message}, key="ssa_live", height=1)
