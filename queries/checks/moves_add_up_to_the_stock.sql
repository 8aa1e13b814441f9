-- purpose: The moves into each stage add up to the people in it. Must return no rows.
-- grain:   region_level, region_code, as_of, reach_on, span, segment_kind, segment_value, stage
-- reads:   mart_moves, mart_stock
-- params:  none
-- columns:
--   region_level   varchar  offender
--   region_code    varchar  offender
--   as_of          date     offender
--   reach_on       date     offender
--   span           varchar  offender
--   segment_kind   varchar  offender
--   segment_value  varchar  offender
--   stage          varchar  offender
--   people         bigint   in the stock
--   moved          bigint   in the moves

with

moved as (

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        span,
        segment_kind,
        segment_value,
        stage_to,
        cast(sum(people) as bigint) as people
    from mart_moves
    group by region_level, region_code, as_of, reach_on, span, segment_kind, segment_value, stage_to

)

select
    moved.region_level,
    moved.region_code,
    moved.as_of,
    moved.reach_on,
    moved.span,
    moved.segment_kind,
    moved.segment_value,
    moved.stage_to as stage,
    coalesce(stock.people, 0) as people,
    moved.people as moved
from moved
left join mart_stock as stock
    on
        moved.region_level = stock.region_level
        and moved.region_code = stock.region_code
        and moved.as_of = stock.as_of
        and moved.reach_on = stock.reach_on
        and moved.segment_kind = stock.segment_kind
        and moved.segment_value = stock.segment_value
        and moved.stage_to = stock.stage
where coalesce(stock.people, 0) <> moved.people
