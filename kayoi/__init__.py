"""Kayoi: how people come to belong to a place, from visit logs and enrollment data."""

__version__ = "0.1.0"
