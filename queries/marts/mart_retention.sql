-- purpose: Of the people who first came in a month, how many came so many months later, and how many then or later.
-- grain:   region_level, region_code, as_of, month_on, months
-- reads:   int_visit_months, int_cohort_days
-- params:  none
-- columns:
--   region_level   varchar  municipality, prefecture, nation, group
--   region_code    varchar  5 digits, 2 digits, JP, id of the group
--   as_of          date     last day of the region that is looked at
--   reach_on       date     as_of: members whose horizon reaches it are used
--   month_on       date     first day of the month of the first visit
--   months         integer  calendar months since then, 0 to 36; none beyond the month of as_of
--   people         bigint   who first came in that month
--   early          bigint   of these, in the first 365 days of the log
--   came           bigint   of these, with a visit in that very month
--   came_or_later  bigint   of these, with a visit in that month or a later one
--   is_complete    boolean  the month is over

-- A visit of several months counts in the month it began. On and on-or-after: PostHog's recurring and unbounded retention.

with

visits as (

    select
        place_no,
        person_key,
        first_on,
        last_on,
        is_early,
        (year(month_on) - year(first_on)) * 12 + month(month_on) - month(first_on) as months,
        (year(last_on) - year(first_on)) * 12 + month(last_on) - month(first_on) as last_months
    from int_visit_months

),

came as (

    select place_no, first_on, months, count(*) as people
    from visits
    group by place_no, first_on, months

),

ended as (

    -- One row per person: the month of the first visit.
    select place_no, first_on, last_months, count(*) as people, count(case when is_early then 1 end) as early
    from visits
    where months = 0
    group by place_no, first_on, last_months

),

tens as (

    select n
    from (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as listed (n)

),

offsets as (

    select tens.n * 10 + ones.n as months
    from tens
    cross join tens as ones
    where tens.n * 10 + ones.n <= 36

),

cohorts as (

    select place_no, first_on, sum(people) as people, sum(early) as early
    from ended
    group by place_no, first_on

),

cells as (

    select
        places.region_level,
        places.region_code,
        places.as_of,
        cohorts.place_no,
        cohorts.first_on,
        cohorts.people,
        cohorts.early,
        offsets.months
    from cohorts
    inner join int_cohort_days as places
        on cohorts.place_no = places.place_no
    inner join offsets
        on
            offsets.months
            <= (year(places.as_of) - year(cohorts.first_on)) * 12 + month(places.as_of) - month(cohorts.first_on)

),

later as (

    select
        cells.place_no,
        cells.first_on,
        cells.months,
        sum(ended.people) as people
    from cells
    inner join ended
        on
            cells.place_no = ended.place_no
            and cells.first_on = ended.first_on
            and cells.months <= ended.last_months
    group by cells.place_no, cells.first_on, cells.months

)

select
    cells.region_level,
    cells.region_code,
    cells.as_of,
    cells.as_of as reach_on,
    cells.first_on as month_on,
    cast(cells.months as integer) as months,
    cast(cells.people as bigint) as people,
    cast(cells.early as bigint) as early,
    cast(coalesce(came.people, 0) as bigint) as came,
    cast(coalesce(later.people, 0) as bigint) as came_or_later,
    (year(cells.as_of + 1) - year(cells.first_on)) * 12 + month(cells.as_of + 1) - month(cells.first_on) > cells.months
        as is_complete
from cells
left join came
    on
        cells.place_no = came.place_no
        and cells.first_on = came.first_on
        and cells.months = came.months
left join later
    on
        cells.place_no = later.place_no
        and cells.first_on = later.first_on
        and cells.months = later.months
