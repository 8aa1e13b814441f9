"""データ取込: what came in, what did not, and why."""

from kayoi.ui.import_desk import open_desk
from kayoi.ui.import_history import draw_history
from kayoi.ui.import_new import draw_new
from kayoi.ui.import_rejects import draw_rejects

desk = open_desk()
if desk.view == "new":
    draw_new(desk)
elif desk.view == "rejects":
    draw_rejects(desk)
else:
    draw_history(desk)
