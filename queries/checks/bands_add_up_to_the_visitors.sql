-- purpose: The people of all frequency bands are the visitors of the period. Must return no rows.
-- grain:   region_level, region_code, as_of, reach_on, period, segment_kind, segment_value
-- reads:   mart_frequency, mart_visits
-- params:  none
-- columns:
--   region_level   varchar  offender
--   region_code    varchar  offender
--   as_of          date     offender
--   reach_on       date     offender
--   period         varchar  offender
--   segment_kind   varchar  offender
--   segment_value  varchar  offender
--   people         bigint   visitors
--   banded         bigint   people in the bands

with

banded as (

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        period,
        segment_kind,
        segment_value,
        cast(sum(people) as bigint) as people
    from mart_frequency
    group by region_level, region_code, as_of, reach_on, period, segment_kind, segment_value

)

select
    visits.region_level,
    visits.region_code,
    visits.as_of,
    visits.reach_on,
    visits.period,
    visits.segment_kind,
    visits.segment_value,
    visits.people,
    coalesce(banded.people, 0) as banded
from mart_visits as visits
left join banded
    on
        visits.region_level = banded.region_level
        and visits.region_code = banded.region_code
        and visits.as_of = banded.as_of
        and visits.reach_on = banded.reach_on
        and visits.period = banded.period
        and visits.segment_kind = banded.segment_kind
        and visits.segment_value = banded.segment_value
where coalesce(banded.people, 0) <> visits.people
