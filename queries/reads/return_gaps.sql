-- purpose: How long people stayed away before they came back, over the visits of 365 days.
-- grain:   gap_band
-- reads:   mart_return_gaps
-- params:
--   $region_level  varchar  municipality, prefecture, nation, group
--   $region_code   varchar  code at that level
--   $as_of         date     last of the 365 days
-- columns:
--   gap_band       varchar  days since the arrival before
--   returns        bigint   visits that follow an earlier one
--   returns_share  double   of all returns
--   within_share   double   of all returns, up to and with this band

with

bands as (

    select
        gap_band,
        list_order
    from (
        values
        ('1-30', 1),
        ('31-60', 2),
        ('61-90', 3),
        ('91-180', 4),
        ('181-270', 5),
        ('271-365', 6),
        ('366-730', 7),
        ('731+', 8)
    ) as listed (gap_band, list_order)

),

counted as (

    select
        bands.gap_band,
        bands.list_order,
        coalesce(mart_return_gaps.returns, 0) as returns
    from bands
    left join mart_return_gaps
        on
            mart_return_gaps.gap_band = bands.gap_band
            and mart_return_gaps.region_level = $region_level
            and mart_return_gaps.region_code = $region_code
            and mart_return_gaps.as_of = $as_of
            and mart_return_gaps.reach_on = $as_of

)

select
    gap_band,
    cast(returns as bigint) as returns,
    cast(returns as double) / nullif(sum(returns) over (), 0) as returns_share,
    cast(
        sum(returns) over (order by list_order rows between unbounded preceding and current row) as double
    ) / nullif(sum(returns) over (), 0) as within_share
from counted
order by list_order
