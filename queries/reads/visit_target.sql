-- purpose: How many people came four times or more in a period, how many are one visit short, and the target.
-- grain:   none
-- reads:   mart_visits, mart_frequency, dim_targets
-- params:
--   $region_level   varchar  municipality, prefecture, nation, group
--   $region_code    varchar  code at that level
--   $as_of          date     last day of the period
--   $period         varchar  w365, fy or cy
--   $segment_kind   varchar  all, or a kind of segment
--   $segment_value  varchar  all, or a value of that kind
-- columns:
--   people         bigint  people who came at all
--   people_4plus   bigint  of those, four times or more
--   one_short      bigint  of those, three times
--   target         double  of the fiscal year, for everybody only
--   achievement    double  people_4plus as a share of the target
--   remaining      bigint  people still missing to the target, never below zero

with

visits as (

    select
        people,
        people_4plus
    from mart_visits
    where
        region_level = $region_level
        and region_code = $region_code
        and as_of = $as_of
        and reach_on = as_of
        and period = $period
        and segment_kind = $segment_kind
        and segment_value = $segment_value

),

three as (

    select sum(people) as people
    from mart_frequency
    where
        region_level = $region_level
        and region_code = $region_code
        and as_of = $as_of
        and reach_on = as_of
        and period = $period
        and segment_kind = $segment_kind
        and segment_value = $segment_value
        and visits_band = '3'

),

targets as (

    select max(value) as target
    from dim_targets
    where
        scope = $region_code
        and kpi_id = 'K01'
        and fiscal_year = year(cast($as_of as date) - interval 3 month)
        and $segment_kind = 'all'
        and $period = 'fy'

)

select
    cast(visits.people as bigint) as people,
    cast(visits.people_4plus as bigint) as people_4plus,
    cast(coalesce(three.people, 0) as bigint) as one_short,
    targets.target,
    cast(visits.people_4plus as double) / nullif(targets.target, 0) as achievement,
    cast(
        case when targets.target is not null then greatest(targets.target - visits.people_4plus, 0) end as bigint
    ) as remaining
from visits
cross join three
cross join targets
