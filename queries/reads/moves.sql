-- purpose: How many people went from which stage to which between an earlier day and one day.
-- grain:   stage_from, stage_to
-- reads:   mart_moves, mart_long_moves
-- params:
--   $region_level   varchar  municipality, prefecture, nation, group
--   $region_code    varchar  code of the region
--   $as_of          date     the later day
--   $span           varchar  month, quarter, half, year, two_years
--   $segment_kind   varchar  all, or a kind of segment (month and year alone)
--   $segment_value  varchar  all, or a value of that kind
-- columns:
--   stage_from  varchar  none where there was no stage yet
--   stage_to    varchar  stage on the later day
--   people      bigint   distinct people

select
    stage_from,
    stage_to,
    people
from mart_moves
where
    region_level = $region_level
    and region_code = $region_code
    and as_of = $as_of
    and reach_on = as_of
    and span = $span
    and segment_kind = $segment_kind
    and segment_value = $segment_value

union all

select
    stage_from,
    stage_to,
    people
from mart_long_moves
where
    region_level = $region_level
    and region_code = $region_code
    and as_of = $as_of
    and span = $span
    and $segment_kind = 'all'
order by stage_from, stage_to
