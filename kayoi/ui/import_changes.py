"""What a build changed: the figures before and after, and the months and places a load counts in."""

from typing import Final

import pandas as pd
import streamlit as st

from kayoi import metrics, periods, report
from kayoi.errors import KayoiError
from kayoi.exports import csv_bytes
from kayoi.ui import data
from kayoi.ui.frame import NATION
from kayoi.ui.identity import reader_scope
from kayoi.ui.import_desk import Desk
from kayoi.ui.panels import draw_note
from kayoi.ui.text import plain
from kayoi.warehouse import Snapshot, manifest_of

_SAYS_SO: Final = ("final", "provisional")


def draw_changes(desk: Desk, snapshot_id: str) -> None:
    """Draw the figures the snapshot says differently from the one before, for a region one chooses."""
    st.header(desk.t("import.changes"), anchor=False)
    snapshot = _published()
    if snapshot is None or snapshot.snapshot_id != snapshot_id:
        st.info(desk.t("import.changes.newer"))
        return
    scope = reader_scope()
    changed = data.read(snapshot, scope, "changed_regions", {})
    if changed.empty:
        is_first = not manifest_of(desk.warehouse, snapshot_id).get("before")
        st.info(desk.t("import.changes.first" if is_first else "import.changes.none"))
        return
    names = data.search_texts(snapshot, scope, desk.locale)
    codes = [code for code in changed["region_code"] if code in names]
    codes = [NATION, *(code for code in codes if code != NATION)] if NATION in codes else codes
    code = st.selectbox(
        desk.t("import.changes.region", count=f"{len(codes):,}"),
        codes,
        format_func=names.__getitem__,
        key="import.changes.region",
        filter_mode="contains",
    )
    row = changed[changed["region_code"] == code].iloc[0]
    params = {"region_level": row["region_level"], "region_code": code}
    figures = data.read(snapshot, scope, "kpi_changes", params)
    _figures(desk, figures, plain(names[code]))
    days = int(row["days"])
    if days > 1:
        first, last = (_day(desk, row[name]) for name in ("first_on", "last_on"))
        draw_note(desk.t("import.changes.days", days=f"{days:,}", first=first, last=last))


def draw_where(desk: Desk, load_id: int) -> None:
    """Draw in which months and municipalities the rows of a load count in the published figures."""
    snapshot = _published()
    if snapshot is None:
        return
    rows = data.read(snapshot, reader_scope(), "rows_to_compare", {})
    mine = rows[rows["load_id"] == load_id]
    if mine.empty:
        return
    regions = data.regions(snapshot, reader_scope())
    table = pd.DataFrame(
        {
            desk.t("import.where.municipality"): [
                regions[code].full_name(desk.locale) if code in regions else code
                for code in mine["municipality_code"]
            ],
            desk.t("import.where.month"): [
                "–" if report.is_missing(day) else periods.month_label(report.as_date(day), desk.locale)
                for day in mine["month_on"]
            ],
            desk.t("import.col.table"): [desk.t(f"import.table.{table}") for table in mine["table_name"]],
            desk.t("import.col.rows"): list(mine["row_count"]),
        }
    )
    with st.expander(desk.t("import.where", count=f"{len(table):,}"), key=f"import.where.{load_id}"):
        st.dataframe(
            table,
            hide_index=True,
            key=f"import.where.{load_id}.table",
            alt=desk.t("import.where", count=len(table)),
        )


def _published() -> Snapshot | None:
    try:
        return data.newest_snapshot(reader_scope())
    except KayoiError:
        return None


def _figures(desk: Desk, figures: pd.DataFrame, place: str) -> None:
    last_on = figures["as_of"].max()
    shown = figures[figures["as_of"] == last_on]
    st.markdown(plain(desk.t("import.changes.as_of", day=_day(desk, last_on))))
    st.dataframe(
        _table(desk, shown),
        hide_index=True,
        key="import.changes.table",
        alt=desk.t("import.changes"),
    )
    st.download_button(
        desk.t("import.changes.csv"),
        data=csv_bytes(_table(desk, figures), [f"{desk.t('import.changes')} {place}"]),
        file_name="kayoi_changes.csv",
        mime="text/csv",
        key="import.changes.csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _table(desk: Desk, figures: pd.DataFrame) -> pd.DataFrame:
    rows = figures.to_dict("records")
    return pd.DataFrame(
        {
            desk.t("import.changes.kpi"): [metrics.get(row["kpi_id"]).label[desk.locale] for row in rows],
            desk.t("import.changes.day"): [_day(desk, row["as_of"]) for row in rows],
            desk.t("import.changes.before"): [_value(desk, row, "before") for row in rows],
            desk.t("import.changes.after"): [_value(desk, row, "after") for row in rows],
        }
    )


def _value(desk: Desk, row: dict[str, object], when: str) -> str:
    status = row[f"status_{when}"]
    if report.is_missing(status) or status not in _SAYS_SO:
        return report.NO_DATA
    text = report.figure(row[f"value_{when}"], metrics.get(str(row["kpi_id"])).unit, desk.locale)
    return text if status == "final" else desk.t("command.kpi.provisional", figure=text)


def _day(desk: Desk, day: object) -> str:
    return periods.day_label(report.as_date(day), desk.locale).split("（")[0]
