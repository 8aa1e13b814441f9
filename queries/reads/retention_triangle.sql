-- purpose: Of the people who first came in a month, the share that came so many months later, on the newest day worked out.
-- grain:   month_on, months
-- reads:   mart_retention
-- params:
--   $region_level  varchar  municipality, prefecture, nation, group
--   $region_code   varchar  code of the region
-- columns:
--   as_of          date     last day that is looked at
--   month_on       date     first day of the month of the first visit
--   months         integer  calendar months since then
--   people         bigint   who first came in that month
--   early          bigint   of these, in the first 365 days of the log
--   came           bigint   of these, with a visit in that very month
--   came_or_later  bigint   of these, with a visit in that month or a later one
--   came_share     double   came of people
--   later_share    double   came_or_later of people
--   is_complete    boolean  the month is over

select
    as_of,
    month_on,
    months,
    people,
    early,
    came,
    came_or_later,
    came / cast(people as double) as came_share,
    came_or_later / cast(people as double) as later_share,
    is_complete
from mart_retention
where
    region_level = $region_level
    and region_code = $region_code
    and as_of = (
        select max(newest.as_of)
        from mart_retention as newest
        where newest.region_level = $region_level and newest.region_code = $region_code
    )
order by month_on, months
