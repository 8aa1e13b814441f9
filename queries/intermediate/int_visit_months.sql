-- purpose: In which months each person came to each region, over the members that speak on the region's last day.
-- grain:   place_no, person_key, month_on
-- reads:   int_visit_profiles, int_horizons, int_membership, int_cohort_days
-- params:  none
-- columns:
--   place_no    bigint   region and day, as in int_cohort_days
--   person_key  bigint   keyed hash
--   month_on    date     first day of a month with a counted visit
--   first_on    date     first day of the month of the first visit
--   last_on     date     first day of the month of the last visit
--   is_early    boolean  first came in the first 365 days of the log of a member

with

months as (

    select distinct
        visits.person_key,
        visits.municipality_code,
        cast(date_trunc('month', visits.arrived_on) as date) as month_on,
        visits.arrived_on < horizons.first_on + 365 as is_early
    from int_visit_profiles as visits
    inner join int_horizons as horizons
        on visits.municipality_code = horizons.municipality_code

),

placed as (

    select
        places.place_no,
        places.as_of,
        months.person_key,
        months.month_on,
        bool_or(months.is_early) as is_early
    from months
    inner join int_membership as membership
        on months.municipality_code = membership.municipality_code
    inner join int_cohort_days as places
        on
            membership.region_level = places.region_level
            and membership.region_code = places.region_code
            and membership.horizon_on >= places.speaks_from
    where places.is_last and months.month_on <= places.as_of
    group by places.place_no, places.as_of, months.person_key, months.month_on

)

select
    place_no,
    person_key,
    month_on,
    min(month_on) over (partition by place_no, person_key) as first_on,
    max(month_on) over (partition by place_no, person_key) as last_on,
    bool_or(is_early) over (partition by place_no, person_key) as is_early
from placed
