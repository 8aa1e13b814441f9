"""The five shipped rulesets as Python: contract, section 4."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.oracle.signals import Signals

Condition = Callable[[Signals], bool]

REGIONAL_ORDER = ("settled", "dual", "related", "loyal", "tourist", "routine", "interest", "dormant")
LADDER = ("tourist", "loyal", "related", "dual")


@dataclass(frozen=True)
class Ruleset:
    """Stages in order, each with its condition; the last one always holds."""

    ruleset_id: str
    stages: tuple[tuple[str, Condition], ...]
    exclude_purposes: tuple[str, ...] = ("relatives",)

    def stage(self, signals: Signals) -> str:
        """Return the first stage whose condition holds."""
        return next(stage for stage, holds in self.stages if holds(signals))

    def is_last(self, stage: str) -> bool:
        """Say whether this is the stage of the last condition."""
        return stage == self.stages[-1][0]


def settled(s: Signals) -> bool:
    return s.relocated


def dual(s: Signals) -> bool:
    return s.residence and s.visits_180 >= 1 and (s.nights_365 >= 30 or s.stay_months_365 >= 6)


def routine(s: Signals) -> bool:
    return s.visits_56 >= 8 and s.nights_56 == 0 and not s.enrolled


def related(s: Signals) -> bool:
    return (
        s.visits_365 >= 4
        or (s.visits_365 >= 2 and s.engagements_365 >= 1)
        or (s.visits_365 >= 1 and s.premium)
        or (s.visits_365 >= 1 and s.supporter_365 >= 3)
        or s.trial
    )


def loyal(s: Signals) -> bool:
    return s.visits_365 >= 2 or (s.visits_365 >= 1 and s.visits_730 >= 3)


def tourist(s: Signals) -> bool:
    return s.visits_365 >= 1


def interest(s: Signals) -> bool:
    return not s.ever_visited and (s.contacts_730 >= 1 or s.enrolled)


def otherwise(_: Signals) -> bool:
    return True


DEFAULT: tuple[tuple[str, Condition], ...] = (
    ("settled", settled),
    ("dual", dual),
    ("routine", routine),
    ("related", related),
    ("loyal", loyal),
    ("tourist", tourist),
    ("interest", interest),
    ("dormant", otherwise),
)


def with_conditions(**changed: Condition) -> tuple[tuple[str, Condition], ...]:
    """Return the default's stages with some conditions exchanged."""
    return tuple((stage, changed.get(stage, holds)) for stage, holds in DEFAULT)


JTA_MLIT_2026 = Ruleset("jta-mlit-2026", DEFAULT)

# "related as 訪問系 broad: visits_365 >= 2": that condition in place of the default's, nothing beside it
MLIT_BROAD = Ruleset("mlit-broad", with_conditions(related=lambda s: s.visits_365 >= 2))

# "related needs an engagement, premium or trial": the default's related, and one of the three
ENGAGEMENT_ONLY = Ruleset(
    "engagement-only",
    with_conditions(related=lambda s: related(s) and (s.engagements_365 >= 1 or s.premium or s.trial)),
)

# "loyal visits_365 >= 4; related = that and an engagement": nothing else leads to either
STRICT_4 = Ruleset(
    "strict-4",
    with_conditions(
        related=lambda s: s.visits_365 >= 4 and s.engagements_365 >= 1,
        loyal=lambda s: s.visits_365 >= 4,
    ),
)

# "no enrollment or engagement signal": settled and interest rest on nothing else, so they are not there;
# "dual = nights_365 >= 30 or stay_months_365 >= 6": without visits_180
VISITS_ONLY = Ruleset(
    "visits-only",
    (
        ("dual", lambda s: s.nights_365 >= 30 or s.stay_months_365 >= 6),
        ("routine", lambda s: s.visits_56 >= 8 and s.nights_56 == 0),
        ("related", lambda s: s.visits_365 >= 4),
        ("loyal", loyal),
        ("tourist", tourist),
        ("dormant", otherwise),
    ),
)

RULESETS = {r.ruleset_id: r for r in (JTA_MLIT_2026, MLIT_BROAD, ENGAGEMENT_ONLY, STRICT_4, VISITS_ONLY)}
