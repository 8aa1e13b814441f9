"""One module per command: its options, and what it does with them."""

from typing import Final

from kayoi.commands import build, demo, doctor, export, funnel, kpi, load
from kayoi.commands.call import Answer, Call, Command

COMMANDS: Final[dict[str, Command]] = {
    "load": load.COMMAND,
    "build": build.COMMAND,
    "export": export.COMMAND,
    "kpi": kpi.COMMAND,
    "funnel": funnel.COMMAND,
    "demo": demo.COMMAND,
    "doctor": doctor.COMMAND,
}

__all__ = ["COMMANDS", "Answer", "Call", "Command"]
