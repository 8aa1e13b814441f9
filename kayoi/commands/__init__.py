"""One module per command: its options, and what it does with them."""

from typing import Final

from kayoi.commands import (
    boundaries,
    build,
    changes,
    demo,
    doctor,
    event_funnel,
    export,
    funnel,
    guess,
    kpi,
    load,
    loads,
    rejects,
    templates,
    withdraw,
)
from kayoi.commands.call import Answer, Call, Command

COMMANDS: Final[dict[str, Command]] = {
    "load": load.COMMAND,
    "guess": guess.COMMAND,
    "templates": templates.COMMAND,
    "build": build.COMMAND,
    "export": export.COMMAND,
    "kpi": kpi.COMMAND,
    "funnel": funnel.COMMAND,
    "event-funnel": event_funnel.COMMAND,
    "demo": demo.COMMAND,
    "boundaries": boundaries.COMMAND,
    "loads": loads.COMMAND,
    "rejects": rejects.COMMAND,
    "withdraw": withdraw.COMMAND,
    "changes": changes.COMMAND,
    "doctor": doctor.COMMAND,
}

__all__ = ["COMMANDS", "Answer", "Call", "Command"]
