-- purpose: How many people stood in each stage on one day, and how many of each ladder step go on to the next.
-- grain:   stage
-- reads:   mart_stock, mart_coverage
-- params:
--   $region_level   varchar  municipality, prefecture, nation, group
--   $region_code    varchar  code at that level
--   $as_of          date     the day asked about
--   $reach_on       date     only members whose horizon reaches this day are used
--   $segment_kind   varchar  all, or a kind of segment
--   $segment_value  varchar  all, or a value of that kind
-- columns:
--   stage          varchar  ladder from the bottom, then the states beside it
--   is_ladder      boolean  tourist, loyal, related or dual
--   people         bigint   people in the stage; null where nothing is reported
--   at_or_above    bigint   people in this ladder stage or a higher one; null beside the ladder
--   step_rate      double   at_or_above as a share of the step before (対前段階)
--   start_rate     double   at_or_above as a share of the first step (対起点)

with

stages as (

    select
        stage,
        ladder_order,
        list_order
    from (
        values
        ('tourist', 1, 1),
        ('loyal', 2, 2),
        ('related', 3, 3),
        ('dual', 4, 4),
        ('settled', null, 5),
        ('routine', null, 6),
        ('interest', null, 7),
        ('dormant', null, 8)
    ) as listed (stage, ladder_order, list_order)

),

reporting as (

    select count(*) as days
    from mart_coverage
    where
        region_level = $region_level
        and region_code = $region_code
        and as_of = $as_of
        and reach_on = $reach_on
        and members_reporting > 0

),

counted as (

    select
        stages.stage,
        stages.ladder_order,
        stages.list_order,
        case when reporting.days > 0 then coalesce(mart_stock.people, 0) end as people
    from stages
    cross join reporting
    left join mart_stock
        on
            mart_stock.stage = stages.stage
            and mart_stock.region_level = $region_level
            and mart_stock.region_code = $region_code
            and mart_stock.as_of = $as_of
            and mart_stock.reach_on = $reach_on
            and mart_stock.segment_kind = $segment_kind
            and mart_stock.segment_value = $segment_value

),

climbed as (

    select
        stage,
        ladder_order,
        list_order,
        people,
        case
            when ladder_order is not null
                then sum(people) over (
                    partition by ladder_order is null
                    order by ladder_order desc
                    rows between unbounded preceding and current row
                )
        end as at_or_above
    from counted

),

steps as (

    select
        stage,
        ladder_order,
        list_order,
        people,
        at_or_above,
        lag(at_or_above) over (partition by ladder_order is null order by ladder_order) as step_before,
        first_value(at_or_above) over (partition by ladder_order is null order by ladder_order) as start
    from climbed

)

select
    stage,
    ladder_order is not null as is_ladder,
    cast(people as bigint) as people,
    cast(at_or_above as bigint) as at_or_above,
    cast(at_or_above as double) / nullif(step_before, 0) as step_rate,
    cast(at_or_above as double) / nullif(start, 0) as start_rate
from steps
order by list_order
