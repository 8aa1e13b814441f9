"""Run the .sql files of queries/ on DuckDB: the only room, with warehouse.py, that knows DuckDB."""

from kayoi.engine.duck import Engine
from kayoi.engine.failures import EngineError, Trouble, trouble_of

__all__ = ["Engine", "EngineError", "Trouble", "trouble_of"]
