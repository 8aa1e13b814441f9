"""ファネル: how many people stand on each step of the ladder on one day (stock)."""

import streamlit as st

from kayoi.ui.frame import open_page
from kayoi.ui.funnel import choose_log, choose_other, draw_beside, draw_funnel, draw_trend

page = open_page("funnel")
scale, versus = st.columns(2)
with scale:
    log = choose_log(page)
with versus:
    other = choose_other(page)
draw_funnel(page, other, log=log)
draw_beside(page)
draw_trend(page)
