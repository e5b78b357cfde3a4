"""The server: `streamlit run app.py`. Puts security headers on every response; the rest is ui/."""

import streamlit as st
from starlette.middleware import Middleware

from ui.headers import SecurityHeaders

app = st.App("ui/main.py", middleware=[Middleware(SecurityHeaders)])
