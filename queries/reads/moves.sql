-- purpose: How many people went from which stage to which in the 365 days before a day.
-- grain:   stage_from, stage_to
-- reads:   mart_moves
-- params:
--   $region_level  varchar  municipality, prefecture, nation, group
--   $region_code   varchar  code of the region
--   $as_of         date     the day
-- columns:
--   stage_from  varchar  none where there was no stage yet
--   stage_to    varchar  stage on the day
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
    and span = 'year'
    and segment_kind = 'all'
order by stage_from, stage_to
