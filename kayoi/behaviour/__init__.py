"""Behaviour funnels: how many people did one thing after another, within so many days."""

from kayoi.behaviour.definition import FunnelDefinition, Plan, Span, Step
from kayoi.behaviour.event_file import FileFunnel, count_file
from kayoi.behaviour.region_funnel import SEGMENT_KINDS, RegionFunnel, measure_funnel
from kayoi.behaviour.text import read_definition, read_step, write_definition, write_step

__all__ = [
    "SEGMENT_KINDS",
    "FileFunnel",
    "FunnelDefinition",
    "Plan",
    "RegionFunnel",
    "Span",
    "Step",
    "count_file",
    "measure_funnel",
    "read_definition",
    "read_step",
    "write_definition",
    "write_step",
]
