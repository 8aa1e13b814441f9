"""Every exception this package raises on purpose, named for what went wrong.

An error carries a key of `locales/*.toml` (`error.<key>`) and values, so that it can be said in the
reader's language: `kayoi.i18n.translate(locale, error.key, **error.values)`; `str(error)` is English.
"""

from pathlib import Path
from typing import ClassVar, Self


class KayoiError(Exception):
    """Base class: the page layer and the command line catch ours and let bugs through."""

    exit_code: ClassVar[int] = 1  # 1: data refused, 2: wrong usage

    def __init__(self, key: str, **values: object) -> None:
        """Keep the message key (without the `error.` prefix) and the values it names."""
        super().__init__(key)
        self.key = f"error.{key}"
        self.values = values

    def text(self, locale: str) -> str:
        """Return the message in *locale* (ja or en)."""
        from kayoi.i18n import translate

        return translate("ja" if locale == "ja" else "en", self.key, **self.values)

    def __str__(self) -> str:
        return self.text("en")


class UsageError(KayoiError):
    """The command was called with words that do not fit together."""

    exit_code = 2


class CodeError(KayoiError):
    """A municipality code or name that cannot be brought to one municipality of today."""


class FileRefusedError(KayoiError):
    """A whole input file cannot be read: encoding, shape, missing or personal columns."""


class MappingError(KayoiError):
    """A mapping file is wrong or does not fit the input."""


class ValueRefusedError(KayoiError):
    """One cell cannot be read as the type its column has; becomes a reject, never escapes a load."""


class KeyMaterialError(KayoiError):
    """The secret of the keyed hash is missing, unreadable or not the one this warehouse was loaded with."""


class RulesetError(KayoiError):
    """A ruleset file is wrong: unknown signal, token or stage, with its position."""


class QueryHeaderError(KayoiError):
    """A .sql file's header is missing a field or disagrees with its body."""


class GrainError(KayoiError):
    """A built table has two rows for one key its header declares unique."""


class CheckFailedError(KayoiError):
    """A check query found rows that must not be; nothing is published."""


class NoSnapshotError(KayoiError):
    """Nothing has been built and published yet."""


class SnapshotDamagedError(KayoiError):
    """A published file is not what its manifest says."""

    @classmethod
    def of(cls, path: Path) -> Self:
        """Return the error for a file of a snapshot: its aggregates, or people's in `detail`."""
        folder = path.parent.parent if path.parent.name == "detail" else path.parent
        return cls("snapshot_damaged", snapshot=folder.name, file=path.relative_to(folder).as_posix())


class MachineError(KayoiError):
    """The machine cannot go on: no room, no permission, no memory."""


class StoppedError(KayoiError):
    """Somebody stopped the command, with Ctrl-C."""

    exit_code = 130  # as shells have it: 128 and the number of the signal


class WarehouseBusyError(KayoiError):
    """Another load or build is writing to this warehouse."""


class LoadDamagedError(KayoiError):
    """What was loaded is not as it was written: a file of a load is missing, altered or unreadable."""


class OriginalMissingError(KayoiError):
    """A file as it came is no longer kept, or the key at hand does not open it."""


class UnknownLoadError(KayoiError):
    """No load has this number, or not in the state that was meant."""

    exit_code = 2


class UnknownJobError(KayoiError):
    """No job has this name."""

    exit_code = 2


class NoAccessError(KayoiError):
    """The reader's scope does not include what was asked for."""


class UnknownRegionError(KayoiError):
    """No region has this code."""

    exit_code = 2


class UnknownMetricError(KayoiError):
    """metrics.toml defines no metric of this name."""

    exit_code = 2


class BoundariesRefusedError(KayoiError):
    """A boundary file cannot be read, is not the one that was expected, or cannot be fetched."""
