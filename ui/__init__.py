"""The Streamlit pages: ask, one cited page, publications."""
