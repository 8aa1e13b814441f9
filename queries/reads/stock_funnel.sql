-- purpose: The ladder on one day: people in each stage, in it or above, and the rates between the steps.
-- grain:   stage
-- reads:   mart_stock
-- params:
--   $region_level   varchar  municipality, prefecture, nation, group
--   $region_code    varchar  code of the region
--   $as_of          date     the day
--   $segment_kind   varchar  all, or a kind of segment
--   $segment_value  varchar  all, or a value of that kind
-- columns:
--   stage           varchar  tourist, loyal, related, dual, then the side states
--   is_ladder       boolean  whether it is a rung
--   people          bigint   in the stage
--   reached         bigint   in the stage or a higher rung; null beside the ladder
--   of_previous     double   reached over reached of the rung below (対前段階)
--   of_first        double   reached over reached of the first rung (対起点)

with

stages as (

    select
        listed.stage,
        listed.position,
        listed.position <= 4 as is_ladder,
        coalesce(stock.people, 0) as people
    from (
        values
        ('tourist', 1), ('loyal', 2), ('related', 3), ('dual', 4),
        ('settled', 5), ('routine', 6), ('interest', 7), ('dormant', 8)
    ) as listed (stage, position)
    inner join mart_stock as stock
        on listed.stage = stock.stage
    where
        stock.region_level = $region_level
        and stock.region_code = $region_code
        and stock.as_of = $as_of
        and stock.reach_on = stock.as_of
        and stock.segment_kind = $segment_kind
        and stock.segment_value = $segment_value

),

reached as (

    select
        stage,
        position,
        is_ladder,
        people,
        case
            when is_ladder
                then cast(sum(people) over (
                    partition by is_ladder
                    order by position desc
                    rows between unbounded preceding and current row
                ) as bigint)
        end as reached
    from stages

)

select
    stage,
    is_ladder,
    people,
    reached,
    case
        when is_ladder
            then reached / nullif(cast(lag(reached) over (order by position) as double), 0)
    end as of_previous,
    case
        when is_ladder
            then reached / nullif(cast(first_value(reached) over (order by position) as double), 0)
    end as of_first
from reached
order by position
