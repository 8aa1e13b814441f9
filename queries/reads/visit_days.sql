-- purpose: Visits per day on weekdays, weekends and public holidays, by season, in the newest 365 days worked out.
-- grain:   season, day_kind
-- reads:   mart_visit_days
-- params:
--   $region_level  varchar  municipality, prefecture, nation, group
--   $region_code   varchar  code of the region
--   $as_of         date     last day shown
-- columns:
--   as_of           date     the day
--   season          varchar  spring, summer, autumn, winter
--   day_kind        varchar  weekday, weekend, holiday
--   days            bigint   days of that kind
--   visits          bigint   counted visits that arrived on them
--   visits_per_day  double   visits by days

with

newest as (

    select max(as_of) as as_of
    from mart_visit_days
    where region_level = $region_level and region_code = $region_code and as_of <= $as_of

)

select
    visit_days.as_of,
    visit_days.season,
    visit_days.day_kind,
    visit_days.days,
    visit_days.visits,
    visit_days.visits / nullif(cast(visit_days.days as double), 0) as visits_per_day
from mart_visit_days as visit_days
inner join newest
    on visit_days.as_of = newest.as_of
where visit_days.region_level = $region_level and visit_days.region_code = $region_code
order by
    case visit_days.season when 'spring' then 1 when 'summer' then 2 when 'autumn' then 3 else 4 end,
    case visit_days.day_kind when 'weekday' then 1 when 'weekend' then 2 else 3 end
