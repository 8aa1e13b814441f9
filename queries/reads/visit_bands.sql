-- purpose: People by how often they came in a period, beside the same period a year before.
-- grain:   visits_band
-- reads:   mart_frequency, mart_coverage, dim_as_ofs
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
--   people_before    bigint   a year before, over the members that speak today

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
        reach_on,
        visits_band,
        people
    from mart_frequency
    where
        region_level = $region_level
        and region_code = $region_code
        and period = $period
        and segment_kind = $segment_kind
        and segment_value = $segment_value

),

-- A year before: measured with the members that speak today, where that makes a difference.
before as (

    select
        dim_as_ofs.previous_on as as_of,
        max(mart_coverage.reach_on) as reach_on
    from dim_as_ofs
    inner join mart_coverage on mart_coverage.as_of = dim_as_ofs.previous_on
    where dim_as_ofs.as_of = $as_of
    group by dim_as_ofs.previous_on

),

reporting as (

    select
        max(case when mart_coverage.as_of = $as_of then mart_coverage.members_reporting end) as today,
        max(case when mart_coverage.as_of = before.as_of then mart_coverage.members_reporting end) as earlier
    from mart_coverage
    left join before on before.as_of = mart_coverage.as_of and before.reach_on = mart_coverage.reach_on
    where
        mart_coverage.region_level = $region_level
        and mart_coverage.region_code = $region_code
        and (
            (mart_coverage.as_of = $as_of and mart_coverage.reach_on = mart_coverage.as_of)
            or before.as_of is not null
        )
        and mart_coverage.first_on <= mart_coverage.as_of

),

counted as (

    select
        bands.visits_band,
        bands.list_order,
        case when reporting.today > 0 then coalesce(today.people, 0) end as people,
        case when reporting.earlier > 0 then coalesce(earlier.people, 0) end as people_before
    from bands
    cross join reporting
    left join figures as today
        on
            today.visits_band = bands.visits_band
            and today.as_of = $as_of
            and today.reach_on = $as_of
    left join before on true
    left join figures as earlier
        on
            earlier.visits_band = bands.visits_band
            and earlier.as_of = before.as_of
            and earlier.reach_on = before.reach_on

)

select
    visits_band,
    cast(people as bigint) as people,
    cast(people as double) / nullif(sum(people) over (), 0) as people_share,
    cast(people_before as bigint) as people_before
from counted
order by list_order
