"""The style sheet of all pages, and the icon of the browser tab."""

import functools

import streamlit as st
from PIL import Image, ImageDraw

_CSS = """
<style>
/* light and dark: Streamlit states on .stApp which of its two themes it shows */
:root {
  --ssa-link: light-dark(#0b4f8a, #8fc1ee);
  --ssa-ink: light-dark(#14181d, #eef2f6);
  --ssa-soft: light-dark(#3d4650, #c3ccd5);
  --ssa-line: light-dark(#5a6470, #8a94a0);
  --ssa-grid: light-dark(#8a94a0, #6b7682);
  --ssa-page: light-dark(#ffffff, #14181d);
  --ssa-panel: light-dark(#f1f4f7, #222930);
  --ssa-asked: light-dark(#e6eef5, #1d3247);
  --ssa-lead: light-dark(#f3f8fc, #1a2733);
  --ssa-warning: light-dark(#8a1c1c, #ffb4ab);
  --ssa-refusal-line: light-dark(#8a5a00, #e0a94a);
  --ssa-refusal: light-dark(#fff8e8, #33290f);
}
/* visible focus everywhere, also where Streamlit has only a tint */
:is(a, button, summary, input, [tabindex]):focus-visible {
  outline: 3px solid var(--ssa-link) !important; outline-offset: 2px; }
[data-testid="stChatInput"]:has(textarea:focus-visible) {
  outline: 3px solid var(--ssa-link); outline-offset: 2px; border-radius: .5rem; }
/* the field itself is cut off by its frame, so the frame shows the focus */
[data-testid="stSelectbox"] input:focus-visible, [data-testid="stTextInput"] input:focus-visible {
  outline: none !important; }
[data-testid="stSelectbox"] [role="group"]:has(input:focus-visible),
[data-testid="stTextInput"] [data-testid="stTextInputRootElement"]:has(input:focus-visible),
[data-testid="stTextArea"] [data-testid="stTextAreaRootElement"]:has(textarea:focus-visible) {
  outline: 3px solid var(--ssa-link); outline-offset: 2px; }
#ssa-live { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
.st-key-ssa_live { position: absolute; width: 1px !important; height: 1px; overflow: hidden; }
[data-testid="stMainBlockContainer"] { padding-top: 4.5rem; padding-bottom: 1rem;
  overflow-wrap: break-word; }
[data-testid="stMain"] { scroll-padding: 4.5rem 0 7rem; }
h1, h2, h3 { margin: 0 !important; }
h1 { font-size: 1.9rem !important; padding: 0 0 .5rem !important; }
h2 { font-size: 1.25rem !important; padding: .6rem 0 .3rem !important; }
h3 { font-size: 1.05rem !important; padding: .5rem 0 .25rem !important; }
/* the question box stays at the foot of the window; nothing else moves by itself */
[data-testid="stLayoutWrapper"]:has(> .st-key-ssa_box) { position: sticky; bottom: 0;
  background: var(--ssa-page); padding: .6rem 0 1rem; z-index: 10; }
[data-testid^="stChatMessageAvatar"] { display: none; }
[data-testid="stChatMessage"] { padding-left: 0; padding-right: 0; background: none; }
[data-testid="stChatMessage"]:has(.ssa-question) { padding: .7rem 1rem;
  background: var(--ssa-asked); }
h2.ssa-question { padding: 0 !important; }
.ssa-notice { border-left: 4px solid var(--ssa-link); background: var(--ssa-panel);
  padding: .6rem .9rem; }
.ssa-notice p { margin: 0 0 .3rem; font-size: .95rem; } .ssa-notice p:last-child { margin: 0; }
p.ssa-small { font-size: .9rem; color: var(--ssa-soft); margin: 0; }
p.ssa-understood { margin: 0; font-style: italic; }
.ssa-quotation { margin: 0; }
.ssa-quotation blockquote { margin: 0; padding: .1rem 0 .1rem 1rem; opacity: 1;
  color: var(--ssa-ink); border-left: 4px solid var(--ssa-link); }
.ssa-quotation blockquote p { margin: 0 0 .4rem; font-size: 1.05rem; line-height: 1.5; }
.ssa-quotation blockquote p:last-child { margin: 0; }
.ssa-quotation blockquote p.ssa-head { font-weight: 600; }
.ssa-quotation blockquote p.ssa-item { padding-left: .8em; text-indent: -.8em; }
.ssa-quotation table.ssa-cells { margin: 0 0 .4rem; color: var(--ssa-ink); }
/* a publication's own note marks: small, raised, and named to screen readers */
.ssa-note-mark { font-size: .68em; line-height: 0; color: var(--ssa-soft); }
.ssa-note-mark::before { content: "note mark of the publication "; }
.ssa-note-mark::before, .ssa-unseen { position: absolute; width: 1px;
  height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.ssa-quotation figcaption { display: flex; gap: .5rem; padding: .4rem 0 0; text-align: left; }
.ssa-quotation figcaption p { margin: 0; font-size: .92rem; color: var(--ssa-soft); }
.ssa-related blockquote { border-left: 4px dashed var(--ssa-line); }
.ssa-number { font-weight: 700; font-size: .92rem; white-space: nowrap; }
p.ssa-warning { color: var(--ssa-warning); margin: 0; }
.ssa-lead { border: 1px dashed var(--ssa-link); background: var(--ssa-lead); color: var(--ssa-ink);
  padding: .6rem 1rem; border-radius: .4rem; }
.ssa-lead p { margin: 0; line-height: 1.5; } .ssa-lead p + p { margin-top: .3rem; }
.ssa-refusal { border: 2px solid var(--ssa-refusal-line); background: var(--ssa-refusal);
  color: var(--ssa-ink); padding: .7rem 1rem; border-radius: .4rem; }
.ssa-refusal p { margin: 0; } .ssa-refusal p + p { margin-top: .4rem; }
p.ssa-path { font-size: .92rem; font-weight: 600; margin: 0 0 .3rem; }
.ssa-quotation blockquote p.ssa-passage, p.ssa-passage {
  white-space: pre-line; margin: 0; line-height: 1.55; }
mark { background: #ffe954; color: #14181d; padding: 0 .1em; border-bottom: 2px solid #0b4f8a; }
mark .ssa-note-mark { color: inherit; }
table.ssa-table { border-collapse: collapse; width: 100%; }
.ssa-table caption { text-align: left; padding: 0 0 .4rem; color: var(--ssa-soft); }
.ssa-table th, .ssa-table td { border: 1px solid var(--ssa-grid); padding: .45rem .6rem;
  text-align: left; vertical-align: top; font-size: .95rem; }
.ssa-table thead th { background: var(--ssa-panel); }
.ssa-table tbody th { font-weight: 600; }
.ssa-table p { margin: 0; font-weight: 400; font-size: .92rem; }
.ssa-table a { color: var(--ssa-link); overflow-wrap: anywhere; }
.ssa-table td[data-label="Date"] { white-space: nowrap; }
[data-testid="stButton"] button p { white-space: normal; }
[data-testid="stPageLink"] a { background: none; padding-left: 0; }
[data-testid="stPageLink"] a p { color: var(--ssa-link); text-decoration: underline;
  font-weight: 600; white-space: normal; }
.ssa-sides { display: flex; gap: 1rem; flex-wrap: wrap; }
.ssa-side { flex: 1 1 18rem; border: 1px solid var(--ssa-grid); padding: .45rem .6rem; }
.ssa-side h4 { margin: 0; }
@media (max-width: 640px) {
  .ssa-table, .ssa-table tbody, .ssa-table tr, .ssa-table th, .ssa-table td, .ssa-table caption {
    display: block; }
  .ssa-table thead { position: absolute; width: 1px; height: 1px; overflow: hidden;
    clip-path: inset(50%); }
  .ssa-table tr { border: 1px solid var(--ssa-grid); margin-bottom: .7rem; }
  .ssa-table tbody th, .ssa-table tbody td { border: 0; padding: .25rem .6rem; }
  .ssa-table td:empty { display: none; }
  .ssa-table td[data-label]::before { content: attr(data-label) ": "; font-weight: 600; }
  h1 { font-size: 1.5rem !important; }
}
@media print {
  .stApp { color-scheme: light !important; color: var(--ssa-ink) !important;
    background: none !important; }
  [data-testid="stHeader"], .st-key-ssa_box, details:not([open]), [data-testid="stToolbar"],
  [data-testid="stButton"], [data-testid="stPageLink"], [data-testid="stSidebar"] {
    display: none !important; }
  html, body, #root, .stApp, [data-testid="stAppViewContainer"], [data-testid="stMain"],
  [data-testid="stAppScrollToBottomContainer"] {
    position: static !important; height: auto !important; overflow: visible !important;
    display: block !important; }
  .ssa-quotation, .ssa-refusal, tr { break-inside: avoid; }
  .ssa-question { break-after: avoid; }
  mark { print-color-adjust: exact; }
}
</style>
"""


def apply_style() -> None:
    """Put the style sheet on the page."""
    st.html(_CSS)


@functools.cache
def icon() -> Image.Image:
    """White quotation marks on blue; drawn here, so that no file and no host is asked for it."""
    image = Image.new("RGB", (64, 64), "#0b4f8a")
    draw = ImageDraw.Draw(image)
    for left in (12, 36):
        draw.ellipse((left, 18, left + 16, 34), fill="white")
        draw.polygon([(left + 16, 26), (left + 16, 36), (left + 4, 48), (left + 9, 32)], "white")
    return image
