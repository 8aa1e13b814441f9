-- purpose: Which cohorts the people who came in a quarter belong to: of their fiscal year, their quarter, and all.
-- grain:   cohort_no, quarter_from, is_early
-- reads:   int_quarter_times, int_cohort_days
-- params:  none
-- columns:
--   cohort_no     bigint   number of region, day, cohort and entry
--   place_no      bigint   region and day, as in int_cohort_days
--   cohort_kind   varchar  fy, quarter, all
--   cohort        varchar  by the first visit: 2025 (fiscal year), 2025-04 (quarter that begins then), all
--   cohort_to     date     last day of the fiscal year or quarter; of all, the day
--   entry         varchar  all; later: without those who came in the log's first 365 days, where there are any
--   is_detailed   boolean  has a point for months between, too
--   quarter_from  date     first day of the quarter of the first visit
--   is_early      boolean  came in the first 365 days of the log

with

quarters as (

    select distinct place_no, quarter_from, is_early
    from int_quarter_times

),

cohorts as (

    select
        quarters.place_no,
        quarters.quarter_from,
        quarters.is_early,
        kinds.cohort_kind,
        case kinds.cohort_kind
            when 'fy'
                then
                    cast(
                        year(quarters.quarter_from) - case when month(quarters.quarter_from) < 4 then 1 else 0 end
                        as varchar
                    )
            when 'quarter' then left(cast(quarters.quarter_from as varchar), 7)
            else 'all'
        end as cohort,
        case kinds.cohort_kind
            when 'fy'
                then
                    make_date(
                        year(quarters.quarter_from) + case when month(quarters.quarter_from) < 4 then 0 else 1 end, 3, 31
                    )
            when 'quarter' then cast(date_trunc('quarter', quarters.quarter_from + 100) as date) - 1
            else days.as_of
        end as cohort_to,
        days.is_detailed and kinds.cohort_kind = 'fy' as is_detailed
    from quarters
    inner join int_cohort_days as days
        on quarters.place_no = days.place_no
    cross join (values ('fy'), ('quarter'), ('all')) as kinds (cohort_kind)
    where kinds.cohort_kind = 'fy' or days.is_detailed

),

known as (

    select
        place_no,
        quarter_from,
        is_early,
        cohort_kind,
        cohort,
        cohort_to,
        is_detailed,
        bool_or(is_early) over (partition by place_no, cohort_kind, cohort) as has_early
    from cohorts

)

select
    dense_rank() over (
        order by known.place_no, known.cohort_kind, known.cohort, entries.entry
    ) as cohort_no,
    known.place_no,
    known.cohort_kind,
    known.cohort,
    known.cohort_to,
    entries.entry,
    known.is_detailed,
    known.quarter_from,
    known.is_early
from known
inner join (values ('all'), ('later')) as entries (entry)
    on entries.entry = 'all' or (known.has_early and not known.is_early and known.cohort_kind <> 'all')
