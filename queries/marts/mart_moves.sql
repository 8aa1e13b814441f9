-- purpose: How many people went from which stage to which since the month end, and the year, before.
-- grain:   region_level, region_code, as_of, reach_on, span, segment_kind, segment_value, stage_from, stage_to
-- reads:   int_standings_at
-- params:  none
-- columns:
--   region_level   varchar  municipality, prefecture, nation, group
--   region_code    varchar  5 digits, 2 digits, JP, id of the group
--   as_of          date     the day
--   reach_on       date     only members whose horizon reaches this day are used
--   span           varchar  month: since the month end before; year: since as_of - 365 days
--   segment_kind   varchar  all, origin_block, age_band, gender, purpose, program
--   segment_value  varchar  all for all, unknown where not known
--   stage_from     varchar  none where there was no stage yet
--   stage_to       varchar  stage on the day
--   people         bigint   distinct people

with

spans as (

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        'year' as span,
        stage_year_ago as stage_from,
        stage,
        origin_block,
        age_band,
        gender,
        purpose,
        program,
        people
    from int_standings_at

    union all

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        'month' as span,
        stage_month_ago as stage_from,
        stage,
        origin_block,
        age_band,
        gender,
        purpose,
        program,
        people
    from int_standings_at

)

select
    region_level,
    region_code,
    as_of,
    reach_on,
    span,
    case
        when grouping(origin_block) = 0 then 'origin_block'
        when grouping(age_band) = 0 then 'age_band'
        when grouping(gender) = 0 then 'gender'
        when grouping(purpose) = 0 then 'purpose'
        when grouping(program) = 0 then 'program'
        else 'all'
    end as segment_kind,
    coalesce(origin_block, age_band, gender, purpose, program, 'all') as segment_value,
    stage_from,
    stage as stage_to,
    cast(sum(people) as bigint) as people
from spans
group by grouping sets (
    (region_level, region_code, as_of, reach_on, span, stage_from, stage),
    (region_level, region_code, as_of, reach_on, span, stage_from, stage, origin_block),
    (region_level, region_code, as_of, reach_on, span, stage_from, stage, age_band),
    (region_level, region_code, as_of, reach_on, span, stage_from, stage, gender),
    (region_level, region_code, as_of, reach_on, span, stage_from, stage, purpose),
    (region_level, region_code, as_of, reach_on, span, stage_from, stage, program)
)
