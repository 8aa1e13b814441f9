"""The map as a component of Streamlit's current kind: a script of ours, drawn on a canvas, no frame."""

from collections.abc import Callable
from typing import Any, Final

import streamlit as st

from kayoi.ui.map_files import script_address

# The script is a file the browser keeps; what goes over the socket with every change is this line alone.
_MODULE: Final = f"""
const script = import(new URL("{script_address("map.js")}", location.origin).href);
export default function (component) {{
  let remove;
  script.then(({{ draw }}) => {{ remove = draw(component); }});
  return () => remove?.();
}}
"""
_FRAME: Final = f'<link rel="stylesheet" href="{script_address("map.css")}"><div class="map"></div>'

_draw = st.components.v2.component("kayoi_map", html=_FRAME, js=_MODULE)


def draw_scene(
    scene: dict[str, Any],
    key: str,
    on_picked: Callable[[str, bool], None],
    on_asked: Callable[[str], None],
) -> None:
    """Draw a scene of kayoi.map_scene.

    *on_picked* gets the code that was chosen and whether it joins those chosen before; *on_asked* the month
    (2025-09) a reader wants to see on every page.
    """

    def picked() -> None:
        said = st.session_state[key]["picked"]
        if said:
            on_picked(str(said["code"]), bool(said["more"]))

    def asked() -> None:
        said = st.session_state[key]["asked"]
        if said:
            on_asked(str(said["month"]))

    _draw(key=key, data=scene, on_picked_change=picked, on_asked_change=asked)
