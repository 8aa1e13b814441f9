-- purpose: People by how often they came in a period, beside the same period a year before.
-- grain:   visits_band
-- reads:   mart_frequency, mart_coverage
-- params:
--   $region_level   varchar  municipality, prefecture, nation, group
--   $region_code    varchar  code at that level
--   $as_of          date     last day of the period
--   $period         varchar  w365, fy or cy
--   $segment_kind   varchar  all, or a kind of segment
--   $segment_value  varchar  all, or a value of that kind
-- columns:
--   visits_band      varchar  1, 2, 3, 4-5, 6-11, 12+
--   people           bigint   people in the band
--   people_share     double   of everyone who came
--   people_before    bigint   a year before; null where other municipalities reported then

with

bands as (

    select
        visits_band,
        list_order
    from (
        values ('1', 1), ('2', 2), ('3', 3), ('4-5', 4), ('6-11', 5), ('12+', 6)
    ) as listed (visits_band, list_order)

),

figures as (

    select
        as_of,
        visits_band,
        people
    from mart_frequency
    where
        region_level = $region_level
        and region_code = $region_code
        and period = $period
        and segment_kind = $segment_kind
        and segment_value = $segment_value
        and as_of in (
            cast($as_of as date), cast(last_day(cast($as_of as date) - interval 1 year) as date)
        )

),

reporting as (

    select
        max(case when as_of = $as_of then members_reporting end) as today,
        max(case when as_of < $as_of then members_reporting end) as earlier
    from mart_coverage
    where
        region_level = $region_level
        and region_code = $region_code
        and as_of in (
            cast($as_of as date), cast(last_day(cast($as_of as date) - interval 1 year) as date)
        )

),

counted as (

    select
        bands.visits_band,
        bands.list_order,
        case when reporting.today > 0 then coalesce(today.people, 0) end as people,
        case when reporting.today = reporting.earlier then coalesce(earlier.people, 0) end as people_before
    from bands
    cross join reporting
    left join figures as today on today.visits_band = bands.visits_band and today.as_of = $as_of
    left join figures as earlier on earlier.visits_band = bands.visits_band and earlier.as_of < $as_of

)

select
    visits_band,
    cast(people as bigint) as people,
    cast(people as double) / nullif(sum(people) over (), 0) as people_share,
    cast(people_before as bigint) as people_before
from counted
order by list_order
