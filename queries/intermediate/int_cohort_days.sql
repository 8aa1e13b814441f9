-- purpose: The days cohorts are looked at in each region, and which members speak then.
-- grain:   region_level, region_code, as_of
-- reads:   int_membership, int_as_ofs, ask_previous
-- params:  none
-- columns:
--   place_no      bigint   number of this region and day
--   region_level  varchar  municipality, prefecture, nation, group
--   region_code   varchar  5 digits, 2 digits, JP, id of the group
--   as_of         date     the day
--   speaks_from   date     members whose horizon reaches this day are used: the least horizon that reaches as_of
--   is_last       boolean  the last month end of the region, or no month end
--   is_detailed   boolean  last day of the region, 31 March, or no month end: cohorts by quarter and whole curves

-- 31 March, 30 September, the last month end of a region and the same month of the years before: first visits of a
-- year do not look different every month, and life tables of every month would take a fifth of a build. A single day
-- asked about is always looked at.

with

days as (

    select
        membership.region_level,
        membership.region_code,
        as_ofs.as_of,
        min(membership.horizon_on) as speaks_from,
        max(membership.region_horizon_on) as region_horizon_on
    from int_membership as membership
    inner join int_as_ofs as as_ofs
        on membership.horizon_on >= as_ofs.as_of
    where as_ofs.reach_on = as_ofs.as_of
    group by membership.region_level, membership.region_code, as_ofs.as_of

),

kinds as (

    -- Forty days after a month end lies the month after the next: its first day less one is the next month end.
    select
        region_level,
        region_code,
        as_of,
        speaks_from,
        day(as_of + 1) <> 1
        or cast(date_trunc('month', as_of + 40) as date) - 1 > region_horizon_on as is_last,
        -- The last month end is that of the month the day after the horizon lies in, less one.
        month(cast(date_trunc('month', region_horizon_on + 1) as date) - 1) as last_month
    from days

),

asked as (

    select count(*) as days
    from ask_previous

)

select
    row_number() over (order by kinds.region_level, kinds.region_code, kinds.as_of) as place_no,
    kinds.region_level,
    kinds.region_code,
    kinds.as_of,
    kinds.speaks_from,
    kinds.is_last or asked.days <= 1 as is_last,
    kinds.is_last or month(kinds.as_of) = 3 or asked.days <= 1 as is_detailed
from kinds
cross join asked
where kinds.is_last or month(kinds.as_of) in (3, 9, kinds.last_month) or asked.days <= 1
