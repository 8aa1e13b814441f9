"""来訪頻度: how often people come back, and how many are one visit short of four."""

import streamlit as st

from kayoi.ui.frame import open_page
from kayoi.ui.frequency import choose_period, draw_distribution, draw_gaps, draw_months, draw_target
from kayoi.ui.funnel import choose_log
from kayoi.ui.retention import draw_cycle, draw_retention, draw_visit_days

page = open_page("visit_frequency")
draw_target(page)
period_side, scale_side = st.columns(2)
with period_side:
    period = choose_period(page)
with scale_side:
    log = choose_log(page)
draw_distribution(page, period, log=log)
draw_months(page)
draw_gaps(page)
draw_cycle(page)
draw_retention(page)
draw_visit_days(page)
