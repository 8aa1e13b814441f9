-- purpose: How many people stood in each stage on each day; every stage has a row, zero included.
-- grain:   region_level, region_code, as_of, reach_on, segment_kind, segment_value, stage
-- reads:   mart_moves, mart_coverage, ref_stages
-- params:  none
-- columns:
--   region_level   varchar  municipality, prefecture, nation, group
--   region_code    varchar  5 digits, 2 digits, JP, id of the group
--   as_of          date     the day
--   reach_on       date     only members whose horizon reaches this day are used
--   segment_kind   varchar  all, origin_block, age_band, gender, purpose, program
--   segment_value  varchar  all for all, unknown where not known
--   stage          varchar  settled, dual, related, loyal, tourist, routine, interest, dormant
--   people         bigint   distinct people

with

counted as (

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        segment_kind,
        segment_value,
        stage_to as stage,
        cast(sum(people) as bigint) as people
    from mart_moves
    where span = 'month'
    group by region_level, region_code, as_of, reach_on, segment_kind, segment_value, stage_to

),

segments as (

    select region_level, region_code, as_of, reach_on, segment_kind, segment_value
    from counted

    union

    select region_level, region_code, as_of, reach_on, 'all' as segment_kind, 'all' as segment_value
    from mart_coverage

)

select
    segments.region_level,
    segments.region_code,
    segments.as_of,
    segments.reach_on,
    segments.segment_kind,
    segments.segment_value,
    stages.stage,
    coalesce(counted.people, 0) as people
from segments
cross join ref_stages as stages
left join counted
    on
        segments.region_level = counted.region_level
        and segments.region_code = counted.region_code
        and segments.as_of = counted.as_of
        and segments.reach_on = counted.reach_on
        and segments.segment_kind = counted.segment_kind
        and segments.segment_value = counted.segment_value
        and stages.stage = counted.stage
