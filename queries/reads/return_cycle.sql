-- purpose: After how many months people came back, in the newest 365 days worked out.
-- grain:   months
-- reads:   mart_return_cycle
-- params:
--   $region_level  varchar  municipality, prefecture, nation, group
--   $region_code   varchar  code of the region
--   $as_of         date     last day shown
-- columns:
--   as_of         date     the day
--   months        integer  twelfths of 365 days since the arrival before, 0 to 35; 36 for more
--   returns       bigint   counted visits that followed an earlier one
--   share         double   of all returns
--   within_share  double   returns after that many months or fewer, of all

with

newest as (

    select max(as_of) as as_of
    from mart_return_cycle
    where region_level = $region_level and region_code = $region_code and as_of <= $as_of

),

tens as (

    select n
    from (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as listed (n)

),

every_month as (

    select
        newest.as_of,
        tens.n * 10 + ones.n as months
    from tens
    cross join tens as ones
    cross join newest
    where tens.n * 10 + ones.n <= 36 and newest.as_of is not null

),

counted as (

    select
        every_month.as_of,
        every_month.months,
        coalesce(cycle.returns, 0) as returns
    from every_month
    left join mart_return_cycle as cycle
        on
            every_month.as_of = cycle.as_of
            and every_month.months = cycle.months
            and cycle.region_level = $region_level
            and cycle.region_code = $region_code

)

select
    as_of,
    cast(months as integer) as months,
    cast(returns as bigint) as returns,
    returns / nullif(cast(sum(returns) over () as double), 0) as share,
    sum(returns) over (order by months rows between unbounded preceding and current row)
    / nullif(cast(sum(returns) over () as double), 0) as within_share
from counted
order by months
