-- purpose: Cohorts of first visitors: how many, how many reached a stage so far, half of them within how many days.
-- grain:   region_level, region_code, as_of, cohort_kind, cohort, entry, target
-- reads:   int_life_tables, int_cohort_times, int_cohort_members, int_cohort_days
-- params:  none
-- columns:
--   region_level  varchar  municipality, prefecture, nation, group
--   region_code   varchar  5 digits, 2 digits, JP, id of the group
--   as_of         date     last day that is looked at
--   reach_on      date     as_of: members whose horizon reaches it are used
--   cohort_kind   varchar  fy, quarter, all
--   cohort        varchar  by the first visit: 2025 (fiscal year), 2025-04 (quarter that begins then), all
--   cohort_to     date     last day of the fiscal year or quarter; of all, as_of
--   entry         varchar  all; later: without those who came in the log's first 365 days, where there are any
--   target        varchar  loyal, related, dual (that rung or a higher one), settled
--   people        bigint   who first came then
--   early         bigint   of these, in the log's first 365 days
--   reached       bigint   so far
--   competed      bigint   settled so far without having reached it
--   longest_days  integer  longest anybody is watched
--   median_days   integer  within which half have reached it (estimated); null where it is not reached by half

with

sizes as (

    select
        cohort_no,
        cast(sum(watched) as bigint) as people,
        cast(sum(early) as bigint) as early,
        max(case when watched > 0 then days end) as longest_days
    from int_cohort_times
    group by cohort_no

),

so_far as (

    -- A half less what is lost in adding up.
    select
        cohort_no,
        target,
        max(reached) as reached,
        max(competed) as competed,
        min(case when incidence >= 0.5 - 1e-12 then days end) as median_days
    from int_life_tables
    group by cohort_no, target

),

cohorts as (

    select distinct cohort_no, place_no, cohort_kind, cohort, cohort_to, entry
    from int_cohort_members

)

select
    places.region_level,
    places.region_code,
    places.as_of,
    places.as_of as reach_on,
    cohorts.cohort_kind,
    cohorts.cohort,
    cohorts.cohort_to,
    cohorts.entry,
    so_far.target,
    sizes.people,
    sizes.early,
    so_far.reached,
    so_far.competed,
    sizes.longest_days,
    so_far.median_days
from so_far
inner join sizes
    on so_far.cohort_no = sizes.cohort_no
inner join cohorts
    on so_far.cohort_no = cohorts.cohort_no
inner join int_cohort_days as places
    on cohorts.place_no = places.place_no
