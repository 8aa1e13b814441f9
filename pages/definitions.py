"""定義と注意: what each number means, from where, as of when."""

from kayoi.ui.definitions import (
    draw_coverage,
    draw_kpis,
    draw_sources,
    draw_stages,
    draw_symbols,
    draw_trace,
)
from kayoi.ui.frame import open_page

page = open_page("definitions")
draw_kpis(page)
draw_trace(page)
draw_stages(page)
draw_symbols(page)
draw_coverage(page)
draw_sources(page)
