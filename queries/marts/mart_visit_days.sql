-- purpose: On which kind of day and in which season visits of the last 365 days began, and how many such days there were.
-- grain:   region_level, region_code, as_of, season, day_kind
-- reads:   int_visits, int_membership, int_cohort_days, ref_days
-- params:  none
-- columns:
--   region_level  varchar  municipality, prefecture, nation, group
--   region_code   varchar  5 digits, 2 digits, JP, id of the group
--   as_of         date     the day
--   reach_on      date     as_of: members whose horizon reaches it are used
--   season        varchar  spring (March to May), summer, autumn, winter
--   day_kind      varchar  weekday; weekend: Saturday or Sunday; holiday: a public holiday or substitute, whatever the day
--   days          bigint   days of that kind and season in the 365
--   visits        bigint   counted visits that arrived on them

with

arrivals as (

    select municipality_code, arrived_on, count(*) as visits
    from int_visits
    where counted
    group by municipality_code, arrived_on

),

days as (

    select distinct places.as_of, calendar.season, calendar.day_kind, calendar.day_on
    from (select distinct as_of from int_cohort_days) as places
    inner join ref_days as calendar
        on calendar.day_on between places.as_of - 364 and places.as_of

),

lengths as (

    select as_of, season, day_kind, count(*) as days
    from days
    group by as_of, season, day_kind

),

counted as (

    select
        places.region_level,
        places.region_code,
        places.as_of,
        days.season,
        days.day_kind,
        sum(arrivals.visits) as visits
    from int_cohort_days as places
    inner join int_membership as membership
        on
            places.region_level = membership.region_level
            and places.region_code = membership.region_code
            and places.speaks_from <= membership.horizon_on
    inner join arrivals
        on membership.municipality_code = arrivals.municipality_code
    inner join days
        on
            places.as_of = days.as_of
            and arrivals.arrived_on = days.day_on
    group by places.region_level, places.region_code, places.as_of, days.season, days.day_kind

)

select
    places.region_level,
    places.region_code,
    places.as_of,
    places.as_of as reach_on,
    lengths.season,
    lengths.day_kind,
    lengths.days,
    cast(coalesce(counted.visits, 0) as bigint) as visits
from int_cohort_days as places
inner join lengths
    on places.as_of = lengths.as_of
left join counted
    on
        places.region_level = counted.region_level
        and places.region_code = counted.region_code
        and places.as_of = counted.as_of
        and lengths.season = counted.season
        and lengths.day_kind = counted.day_kind
