-- purpose: Share of a cohort that reached a stage within so many days, by days since the first visit.
-- grain:   region_level, region_code, as_of, cohort_kind, cohort, entry, target, days
-- reads:   int_life_tables, int_cohort_times, int_cohort_members, int_cohort_days
-- params:  none
-- columns:
--   region_level  varchar  municipality, prefecture, nation, group
--   region_code   varchar  5 digits, 2 digits, JP, id of the group
--   as_of         date     last day that is looked at
--   reach_on      date     as_of: members whose horizon reaches it are used
--   cohort_kind   varchar  fy, quarter, all
--   cohort        varchar  by the first visit: 2025 (fiscal year), 2025-04 (quarter that begins then), all
--   entry         varchar  all; later: without those who came in the log's first 365 days, where there are any
--   target        varchar  loyal, related, dual (that rung or a higher one), settled
--   days          integer  since the first visit: 91, 182, 365, 730, 1095; on the last day and 31 March months between
--   is_complete   boolean  everybody of the cohort is watched for so long: nothing will change any more
--   at_risk       bigint   neither reached it nor settled before that day, and still watched on it
--   followed      bigint   watched for so long, or reached it or settled before
--   reached       bigint   within so many days, as observed
--   competed      bigint   settled first within so many days, as observed
--   survival      double   share that did neither; null where nobody is watched for so long
--   incidence     double   share that reached it (Aalen-Johansen; with nobody settling first Kaplan-Meier)
--   competing     double   share that settled without having reached it
--   std_error     double   of the incidence

with

sizes as (

    select
        cohort_no,
        sum(watched) as people,
        max(case when watched > 0 then days end) as longest_days
    from int_cohort_times
    group by cohort_no

),

cohorts as (

    select distinct cohort_no, place_no, cohort_kind, cohort, cohort_to, entry
    from int_cohort_members

),

points as (

    select
        tables.cohort_no,
        tables.target,
        tables.days,
        tables.at_risk,
        tables.reached,
        tables.competed,
        tables.survival,
        tables.incidence,
        tables.variance,
        -- Still there on the day, or ended before it.
        tables.at_risk
        + coalesce(
            lag(tables.reached + tables.competed) over (partition by tables.cohort_no, tables.target order by tables.days),
            0
        ) as followed,
        tables.is_marked,
        tables.days <= sizes.longest_days or tables.survival = 0 as is_known
    from int_life_tables as tables
    inner join sizes
        on tables.cohort_no = sizes.cohort_no

)

select
    places.region_level,
    places.region_code,
    places.as_of,
    places.as_of as reach_on,
    cohorts.cohort_kind,
    cohorts.cohort,
    cohorts.entry,
    points.target,
    points.days,
    cohorts.cohort_to <= places.as_of - points.days as is_complete,
    points.at_risk,
    cast(points.followed as bigint) as followed,
    points.reached,
    points.competed,
    case when points.is_known then points.survival end as survival,
    case when points.is_known then points.incidence end as incidence,
    case
        when points.is_known and points.competed > 0 then greatest(1 - points.survival - points.incidence, 0)
        when points.is_known then 0
    end as competing,
    case when points.is_known then sqrt(points.variance) end as std_error
from points
inner join cohorts
    on points.cohort_no = cohorts.cohort_no
inner join int_cohort_days as places
    on cohorts.place_no = places.place_no
where points.is_marked
