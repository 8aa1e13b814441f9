-- purpose: Visits, nights and spend of the periods that end on each day; all has a row, zero included.
-- grain:   region_level, region_code, as_of, reach_on, period, segment_kind, segment_value
-- reads:   int_visitors_at, mart_coverage
-- params:  none
-- columns:
--   region_level   varchar  municipality, prefecture, nation, group
--   region_code    varchar  5 digits, 2 digits, JP, id of the group
--   as_of          date     the day
--   reach_on       date     only members whose horizon reaches this day are used
--   period         varchar  w365, month, fy, cy
--   segment_kind   varchar  all, origin_block, age_band, gender, purpose, program
--   segment_value  varchar  all for all, unknown where not known
--   people         bigint   distinct people with a counted visit
--   people_2plus   bigint   those with 2 or more visits to one municipality
--   people_4plus   bigint   those with 4 or more visits to one municipality
--   visits         bigint   counted visits
--   ties           bigint   person × municipality with a counted visit
--   nights         bigint   nights of those visits
--   stay_days      bigint   sum over visits of nights + 1
--   spend_people   bigint   people with spend data
--   spend_visits   bigint   visits with spend data
--   spend_yen      double   amount; the middle of a band, the bound of an open one
--   spend_low      bigint   lower bound
--   spend_high     bigint   upper bound; the lower one where a band is open

with

counted as (

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        period,
        case
            when grouping(origin_block) = 0 then 'origin_block'
            when grouping(age_band) = 0 then 'age_band'
            when grouping(gender) = 0 then 'gender'
            when grouping(purpose) = 0 then 'purpose'
            when grouping(program) = 0 then 'program'
            else 'all'
        end as segment_kind,
        coalesce(origin_block, age_band, gender, purpose, program, 'all') as segment_value,
        cast(sum(people) as bigint) as people,
        cast(sum(case when visits_band <> '1' then people else 0 end) as bigint) as people_2plus,
        cast(sum(case when visits_band in ('4-5', '6-11', '12+') then people else 0 end) as bigint) as people_4plus,
        cast(sum(visits) as bigint) as visits,
        cast(sum(ties) as bigint) as ties,
        cast(sum(nights) as bigint) as nights,
        cast(sum(stay_days) as bigint) as stay_days,
        cast(sum(spend_people) as bigint) as spend_people,
        cast(sum(spend_visits) as bigint) as spend_visits,
        sum(spend_yen) as spend_yen,
        cast(sum(spend_low) as bigint) as spend_low,
        cast(sum(spend_high) as bigint) as spend_high
    from int_visitors_at
    group by grouping sets (
        (region_level, region_code, as_of, reach_on, period),
        (region_level, region_code, as_of, reach_on, period, origin_block),
        (region_level, region_code, as_of, reach_on, period, age_band),
        (region_level, region_code, as_of, reach_on, period, gender),
        (region_level, region_code, as_of, reach_on, period, purpose),
        (region_level, region_code, as_of, reach_on, period, program)
    )

),

zeros as (

    select
        coverage.region_level,
        coverage.region_code,
        coverage.as_of,
        coverage.reach_on,
        periods.period
    from mart_coverage as coverage
    cross join (values ('w365'), ('month'), ('fy'), ('cy')) as periods (period)

)

select
    region_level,
    region_code,
    as_of,
    reach_on,
    period,
    segment_kind,
    segment_value,
    people,
    people_2plus,
    people_4plus,
    visits,
    ties,
    nights,
    stay_days,
    spend_people,
    spend_visits,
    spend_yen,
    spend_low,
    spend_high
from counted

union all

select
    zeros.region_level,
    zeros.region_code,
    zeros.as_of,
    zeros.reach_on,
    zeros.period,
    'all' as segment_kind,
    'all' as segment_value,
    0 as people,
    0 as people_2plus,
    0 as people_4plus,
    0 as visits,
    0 as ties,
    0 as nights,
    0 as stay_days,
    0 as spend_people,
    0 as spend_visits,
    0 as spend_yen,
    0 as spend_low,
    0 as spend_high
from zeros
left join counted
    on
        zeros.region_level = counted.region_level
        and zeros.region_code = counted.region_code
        and zeros.as_of = counted.as_of
        and zeros.reach_on = counted.reach_on
        and zeros.period = counted.period
        and counted.segment_kind = 'all'
where counted.people is null
