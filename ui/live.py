"""One sentence to people who use a screen reader, when something is complete.

Streamlit has no live region and makes its elements anew at every run, which screen readers do not
report. This component keeps one `role=status` element in the body of the page for as long as the
page is open, and changes its text. When an answer is complete it brings the new question to the top
of the window at the same moment, so that the answer is read from its beginning.
"""

import streamlit as st

_MESSAGE = "announcement"
_NOTHING = (0, "", False)  # serial number, message, whether the last question is shown
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
    if (data.to_question) {
      const questions = document.querySelectorAll("h2.ssa-question");
      questions[questions.length - 1]?.scrollIntoView({ block: "start" });
    }
  }
}
"""


def announce(message: str, *, to_question: bool = False) -> None:
    """Have a message read out at the end of this run.

    Args:
        message: in plain words.
        to_question: whether the last question is brought to the top of the window.
    """
    serial, *_ = st.session_state.get(_MESSAGE, _NOTHING)
    st.session_state[_MESSAGE] = (serial + 1, message, to_question)


def show_region() -> None:
    """Put the live region on the page; to be called once in every run, after the page itself."""
    serial, message, to_question = st.session_state.get(_MESSAGE, _NOTHING)
    region = st.components.v2.component("ssa_live", js=_JS)
    data = {"serial": serial, "message": message, "to_question": to_question}
    region(data=data, key="ssa_live", height=1)
