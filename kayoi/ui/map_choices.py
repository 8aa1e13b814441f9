"""What the reader chose on the map page, all of it in the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kayoi import metrics
from kayoi.map_scale import Method, Show, own_breaks
from kayoi.map_scene import LAYERS, Layer, Level
from kayoi.metrics import Measure
from kayoi.report import LADDER, stage_name
from kayoi.ui.choices import Region
from kayoi.ui.frame import Page
from kayoi.ui.url import put

# What says something about a municipality beside others; distributions and data quality do not.
_ON_MAP: Final = (
    "K03",
    "K01",
    "K04",
    "K06",
    "K08",
    "K09",
    "K11",
    "K12",
    "K14:tourist",
    "K14:loyal",
    "K14:related",
    "K14:dual",
    "K15",
    "K18",
    "K19",
    "K25",
)
_SHOWS: Final[tuple[Show, ...]] = ("value", "per_thousand", "change", "change_rate")
_LEVELS: Final[tuple[Level, ...]] = ("municipality", "prefecture")
_METHODS: Final[tuple[Method, ...]] = ("quantile", "equal", "own")
_MANY: Final = 100  # municipalities: more circles would hide the areas they stand on
_MOST_PICKED: Final = 20
_NONE: Final = "none"
_BETWEEN: Final = "."


@dataclass(frozen=True)
class Looked:
    """The figure, its form, the layers and the places that are chosen."""

    measure: Measure
    show: Show
    level: Level
    layers: frozenset[Layer]
    is_tall: bool  # columns instead of the flat map
    with_time: bool
    flow_stage: str  # ladder, or a stage
    method: Method
    own: tuple[float, ...]
    picked: tuple[str, ...]
    area: str  # id of one programme or group; empty: all of them


def scope_of(page: Page) -> Region:
    """Return the region whose municipalities are drawn: that of a municipality is its prefecture."""
    region = page.choices.region
    return page.regions[region.prefecture_code] if region.level == "municipality" else region


def choose(page: Page, scope: Region, *, has_shapes: bool) -> Looked:
    """Draw the widgets above the map and return what is chosen."""
    row = st.container(horizontal=True)
    keys = {key: metrics.measure(key).label(page.locale) for key in _ON_MAP}
    measure = metrics.measure(page.address.choose(row, "kpi", page.t("filter.kpi"), keys, _ON_MAP[0]))
    can = [show for show in _SHOWS if _makes_sense(show, measure)]
    shows: dict[str, str] = {show: page.t(f"filter.show.{show}") for show in can}
    show = page.address.choose(row, "show", page.t("filter.show"), shows, "value")
    row = st.container(horizontal=True)
    level: str = "municipality"
    if scope.level in ("nation", "group"):
        levels: dict[str, str] = {name: page.t(f"filter.level.{name}") for name in _LEVELS}
        level = page.address.choose(row, "level", page.t("filter.level"), levels, "municipality", look="row")
    marks = {name: page.t(f"filter.marks.{name}") for name in ("flat", "columns")}
    is_tall = (
        page.address.choose(row, "marks", page.t("filter.marks"), marks, "flat", look="row") == "columns"
    )
    times = {name: page.t(f"filter.time.{name}") for name in ("day", "months")}
    time = page.address.choose(row, "time", page.t("filter.time"), times, "day", look="row")
    start = _first_layers(page, level, has_shapes=has_shapes)
    names: dict[str, str] = {
        layer: page.t(f"filter.layer.{layer}") for layer in LAYERS if layer != "mix" or level != "prefecture"
    }
    layers = _choose_many(page, st.container(), "layers", page.t("filter.layers"), names, start)
    stage, area = _layer_choices(page, layers)
    method, own = _classes(page)
    return Looked(
        measure,
        next(known for known in _SHOWS if known == show),
        "prefecture" if level == "prefecture" else "municipality",
        frozenset(layer for layer in LAYERS if layer in layers),
        is_tall,
        time == "months",
        stage,
        method,
        own,
        picked_codes(page),
        area,
    )


def picked_codes(page: Page) -> tuple[str, ...]:
    """Return the codes the address lists beside the region; those nobody knows are left out."""
    asked = (page.address.asked("pick") or "").split(_BETWEEN)
    return tuple(code for code in dict.fromkeys(asked) if code in page.regions)[:_MOST_PICKED]


def put_picked(codes: Sequence[str]) -> None:
    """Write the codes chosen beside the region into the address."""
    put("pick", _BETWEEN.join(list(codes)[:_MOST_PICKED]), "")


def _layer_choices(page: Page, layers: Sequence[str]) -> tuple[str, str]:
    row = st.container(horizontal=True)
    stage, area = "ladder", ""
    if "arcs" in layers:
        stages = {"ladder": page.t("filter.flow.ladder")}
        stages |= {name: stage_name(name, page.locale) for name in LADDER}
        stage = page.address.choose(row, "from", page.t("filter.flow"), stages, "ladder")
    if "areas" in layers:
        listed = page.read("map_programs")
        areas = {"all": page.t("filter.area.all")}
        areas |= dict(zip(listed["area_id"], listed[f"name_{page.locale}"], strict=True))
        area = page.address.choose(row, "area", page.t("filter.area"), areas, "all")
    return stage, "" if area == "all" else area


def _classes(page: Page) -> tuple[Method, tuple[float, ...]]:
    with st.expander(page.t("filter.classes"), icon=":material/palette:"):
        methods: dict[str, str] = {name: page.t(f"filter.classes.{name}") for name in _METHODS}
        where = st.container()
        method = page.address.choose(
            where, "classes", page.t("filter.classes.how"), methods, "quantile", look="row"
        )
        if method != "own":
            return ("equal", ()) if method == "equal" else ("quantile", ())
        st.session_state["url.breaks"] = page.address.asked("breaks") or ""
        text = st.text_input(
            page.t("filter.classes.breaks"),
            key="url.breaks",
            placeholder="10, 50, 100",
            on_change=lambda: put("breaks", st.session_state["url.breaks"].strip(), ""),
        )
        if text.strip():
            try:
                return "own", own_breaks(text)
            except ValueError:
                st.warning(page.t("filter.classes.wrong"))
    return "quantile", ()


def _choose_many(  # noqa: PLR0913 - one widget, said once
    page: Page,
    where: DeltaGenerator,
    name: str,
    label: str,
    options: Mapping[str, str],
    start: tuple[str, ...],
) -> tuple[str, ...]:
    asked = page.address.asked(name)
    wanted = start if asked is None else tuple(asked.split(_BETWEEN))
    chosen = tuple(option for option in options if option in wanted)
    key = f"url.{name}"
    st.session_state[key] = list(chosen)

    def changed() -> None:
        now = [option for option in options if option in st.session_state[key]]
        put(name, _BETWEEN.join(now) or _NONE, _BETWEEN.join(option for option in options if option in start))

    where.pills(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        selection_mode="multi",
        on_change=changed,
    )
    return chosen


def _makes_sense(show: Show, measure: Measure) -> bool:
    if show == "per_thousand":
        return measure.unit == "people"
    return show != "change_rate" or measure.unit not in ("percent", "per_thousand")


def _first_layers(page: Page, level: str, *, has_shapes: bool) -> tuple[str, ...]:
    """Return what is drawn before a reader chooses: areas that are a dot at this scale get a circle."""
    if level == "prefecture":
        return ("fill", "names")
    is_sparse = page.choices.region.level == "nation" and page.reporting[page.choices.as_of] < _MANY
    if not has_shapes:
        return ("circles", "names")
    return ("fill", "circles", "names") if is_sparse else ("fill", "names")
