"""ファネル: who stands where (stock), how far first visitors came (cohort), who moved (flow)."""

import streamlit as st

from kayoi.ui.frame import open_page
from kayoi.ui.funnel import (
    choose_log,
    choose_other,
    choose_view,
    draw_beside,
    draw_funnel,
    draw_trend,
)
from kayoi.ui.funnel_cohort import draw_cohorts
from kayoi.ui.funnel_flow import draw_flow

page = open_page("funnel")
view = choose_view(page)
if view == "cohort":
    draw_cohorts(page)
elif view == "flow":
    draw_flow(page)
else:
    scale, versus = st.columns(2)
    with scale:
        log = choose_log(page)
    with versus:
        other = choose_other(page)
    draw_funnel(page, other, log=log)
    draw_beside(page)
    draw_trend(page)
