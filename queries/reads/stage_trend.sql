-- purpose: People in each ladder stage at every month end up to one day.
-- grain:   as_of, stage
-- reads:   mart_stock, mart_coverage, dim_regions
-- params:
--   $region_level   varchar  municipality, prefecture, nation, group
--   $region_code    varchar  code at that level
--   $as_of          date     last day shown
--   $segment_kind   varchar  all, or a kind of segment
--   $segment_value  varchar  all, or a value of that kind
-- columns:
--   as_of              date     last day of a month
--   stage              varchar  tourist, loyal, related, dual
--   people             bigint   people in that stage on that day
--   members_reporting  bigint   municipalities whose horizon reaches that day

with

days as (

    select
        mart_coverage.as_of,
        mart_coverage.members_reporting
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

),

stages as (

    select
        stage,
        list_order
    from (values ('tourist', 1), ('loyal', 2), ('related', 3), ('dual', 4)) as listed (stage, list_order)

)

select
    days.as_of,
    stages.stage,
    cast(coalesce(mart_stock.people, 0) as bigint) as people,
    cast(days.members_reporting as bigint) as members_reporting
from days
cross join stages
left join mart_stock
    on
        mart_stock.region_level = $region_level
        and mart_stock.region_code = $region_code
        and mart_stock.segment_kind = $segment_kind
        and mart_stock.segment_value = $segment_value
        and mart_stock.as_of = days.as_of
        and mart_stock.reach_on = days.as_of
        and mart_stock.stage = stages.stage
order by days.as_of, stages.list_order
