"""One colour per stage everywhere, in the light and in the dark theme."""

from dataclasses import dataclass
from typing import Final, Literal

Theme = Literal["light", "dark"]


@dataclass(frozen=True)
class Palette:
    """Colours of marks (≥ 3:1 on the theme's background); text colours belong to Streamlit's theme."""

    stages: dict[str, str]
    mark: str  # what is not a stage
    cohorts: tuple[str, str, str, str, str]  # oldest first
    on_outcome: dict[str, str]  # text on a share: rose, stayed, fell, beside, lapsed
    heat: tuple[str, str]  # least and most of a grid; `text` is readable (≥ 4.5:1) on all between
    before: str  # a year before, another region
    target: str
    rise: str
    fall: str
    land: str
    coast: str
    text: str
    grid: str


# Blues of デジタル庁デザインシステム; the further up the ladder, the further from the background.
PALETTES: Final[dict[Theme, Palette]] = {
    "light": Palette(
        stages={
            "tourist": "#4979F5",
            "loyal": "#264AF4",
            "related": "#0017C1",
            "dual": "#000060",
            "settled": "#197A4B",
            "routine": "#666666",
            "interest": "#A58000",
            "dormant": "#666666",
        },
        mark="#00778B",
        cohorts=("#8C8C8C", "#A58000", "#4979F5", "#00778B", "#000060"),
        on_outcome={
            "rose": "#FFFFFF",
            "stayed": "#1A1A1C",
            "fell": "#FFFFFF",
            "beside": "#1A1A1C",
            "lapsed": "#1A1A1C",
        },
        heat=("#E8F5F7", "#7CC3D0"),
        before="#8C8C8C",
        target="#A58000",
        rise="#00778B",
        fall="#C74700",
        land="#E9ECF1",
        coast="#9AA3B2",
        text="#1A1A1C",
        grid="#D9D9D9",
    ),
    "dark": Palette(
        stages={
            "tourist": "#4979F5",
            "loyal": "#7096F8",
            "related": "#9DB7F9",
            "dual": "#D9E6FF",
            "settled": "#51B883",
            "routine": "#B3B3B3",
            "interest": "#D2A400",
            "dormant": "#B3B3B3",
        },
        mark="#2BC8E4",
        cohorts=("#999999", "#D2A400", "#7096F8", "#2BC8E4", "#D9E6FF"),
        on_outcome={
            "rose": "#1A1A1C",
            "stayed": "#F2F2F2",
            "fell": "#1A1A1C",
            "beside": "#F2F2F2",
            "lapsed": "#1A1A1C",
        },
        heat=("#12343B", "#1A6B7C"),
        before="#999999",
        target="#FFC700",
        rise="#2BC8E4",
        fall="#FF8D44",
        land="#2A303B",
        coast="#6C7688",
        text="#F2F2F2",
        grid="#4D4D4D",
    ),
}


def rgb(colour: str) -> list[int]:
    """Return `#RRGGBB` as three numbers from 0 to 255."""
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]
