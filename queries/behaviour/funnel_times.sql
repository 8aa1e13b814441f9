-- purpose: How long people took from the first step to each later one, by the fastest of their chains.
-- grain:   step
-- reads:   funnel_reached
-- params:  none
-- columns:
--   step     integer  number of the step
--   people   bigint   reached it
--   p25_days  double   so many days or fewer took a quarter of them
--   p50_days  double   half of them
--   p75_days  double   three quarters
--   p90_days  double   nine in ten
--   max_days  double   all of them

-- Nearest rank: a number of days somebody really took, never one between two.

with

ranked as (

    select
        step,
        fastest_us / cast(86400000000 as double) as days,
        row_number() over (
            partition by step
            order by fastest_us
        ) as place,
        count(*) over (
            partition by step
        ) as people
    from funnel_reached
    where step > 1 and fastest_us is not null

)

select
    step,
    max(people) as people,
    min(case when place * 4 >= people then days end) as p25_days,
    min(case when place * 2 >= people then days end) as p50_days,
    min(case when place * 4 >= people * 3 then days end) as p75_days,
    min(case when place * 10 >= people * 9 then days end) as p90_days,
    max(days) as max_days
from ranked
group by step
order by step
