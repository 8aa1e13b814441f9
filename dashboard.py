"""全体像: where a region stands; the entry point of `python -m kayoi.ui.server`."""

import streamlit as st

from kayoi import report
from kayoi.ui.cards import draw_cards, kpis_by_key
from kayoi.ui.frame import open_page
from kayoi.ui.funnel import draw_funnel, draw_trend
from kayoi.ui.text import plain

page = open_page("overview")
kpis = kpis_by_key(page.read("region_kpis"))
st.markdown(f"**{plain(report.overview_finding(kpis, page.choices.place, page.locale))}**")
draw_cards(page, ("K01", "K03", "K04", "K08", "K11", "K14:related", "K15", "K25", "K19"), kpis)
draw_funnel(page, log=True)
draw_trend(page)
