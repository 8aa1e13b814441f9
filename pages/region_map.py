"""地図: one indicator for every municipality, and where people come from."""

from kayoi.ui.frame import open_page
from kayoi.ui.region_map import draw_map, draw_origins

page = open_page("region_map")
draw_map(page)
draw_origins(page)
