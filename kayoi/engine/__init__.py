"""Run the .sql files of queries/ on DuckDB: the only room, with warehouse.py, that knows DuckDB."""

from kayoi.engine.duck import Engine

__all__ = ["Engine"]
