-- purpose: Visits month by month, laid out by year and month of the fiscal or the calendar year.
-- grain:   as_of
-- reads:   mart_visits, mart_coverage, dim_regions
-- params:
--   $region_level   varchar  municipality, prefecture, nation, group
--   $region_code    varchar  code at that level
--   $as_of          date     last month shown
--   $segment_kind   varchar  all, or a kind of segment
--   $segment_value  varchar  all, or a value of that kind
--   $first_month    bigint   4 for fiscal years, 1 for calendar years
-- columns:
--   as_of     date    last day of the month
--   year      bigint  year it belongs to, fiscal or calendar
--   month     bigint  1 to 12
--   position  bigint  0 for the first month of that year
--   visits    bigint  visits that began in the month
--   people    bigint  people who came

with

months as (

    select mart_coverage.as_of
    from mart_coverage
    inner join dim_regions
        on
            dim_regions.region_level = mart_coverage.region_level
            and dim_regions.region_code = mart_coverage.region_code
    where
        mart_coverage.region_level = $region_level
        and mart_coverage.region_code = $region_code
        and mart_coverage.as_of <= $as_of
        and mart_coverage.reach_on = mart_coverage.as_of
        and mart_coverage.as_of >= dim_regions.first_on
        and mart_coverage.members_reporting > 0

)

select
    months.as_of,
    cast(
        year(months.as_of) - case when month(months.as_of) < $first_month then 1 else 0 end as bigint
    ) as year,
    cast(month(months.as_of) as bigint) as month,
    cast(
        month(months.as_of) - $first_month
        + case when month(months.as_of) < $first_month then 12 else 0 end as bigint
    ) as position,
    cast(coalesce(mart_visits.visits, 0) as bigint) as visits,
    cast(coalesce(mart_visits.people, 0) as bigint) as people
from months
left join mart_visits
    on
        mart_visits.region_level = $region_level
        and mart_visits.region_code = $region_code
        and mart_visits.as_of = months.as_of
        and mart_visits.reach_on = months.as_of
        and mart_visits.period = 'month'
        and mart_visits.segment_kind = $segment_kind
        and mart_visits.segment_value = $segment_value
order by months.as_of
